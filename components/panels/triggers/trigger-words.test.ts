import { expect, test } from "vitest";
import { curlExample, exampleOf, firingWords, timeInZone } from "./trigger-words";

test("a time is told in the zone of the schedule", () => {
  const nine = Date.UTC(2026, 10, 23, 8);
  expect(timeInZone(nine, "Europe/Vienna")).toMatch(/^Monday,? 23 November 2026.* 09:00, Europe\/Vienna$/);
  expect(timeInZone(nine, "America/New_York")).toMatch(/ 03:00, America\/New_York$/);
});

test("what fires is told in words", () => {
  expect(firingWords({ on: "schedule", cron: "0 9 * * 1-5", zone: "UTC" })).toBe("At 0 9 * * 1-5 in UTC");
  expect(firingWords({ on: "event", event: "order.paid" })).toBe("When order.paid is published");
});

test("an example has what a schema requires, and no more where it says so", () => {
  const properties = { order: { type: "string" }, count: { type: "integer" }, kind: { enum: ["a", "b"] } };
  expect(exampleOf({ type: "object", properties, required: ["order", "kind"] })).toEqual({ order: "text", kind: "a" });
  expect(exampleOf({ type: "object", properties })).toEqual({ order: "text", count: 1, kind: "a" });
});

test("an example for the shell cannot be broken by what stands in the body", () => {
  const text = curlExample({ address: "http://s/hooks/1", secret: "whs_x", body: { a: "it's" } });
  expect(text).toContain(`BODY='{"a":"it'\\''s"}'`);
});
