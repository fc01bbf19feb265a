import fc from "fast-check";
import { expect, test } from "vitest";
import { afterQuiet, isZone } from "./quiet";

const at = (text: string) => Date.parse(text);
const night = { zone: "Europe/Vienna", from: 22 * 60, until: 7 * 60 };

test("what comes in the quiet of somebody's night goes out when it ends there", () => {
  expect(afterQuiet(at("2026-11-22T12:00:00Z"), night)).toBe(at("2026-11-22T12:00:00Z"));
  expect(afterQuiet(at("2026-11-22T21:30:20Z"), night)).toBe(at("2026-11-23T06:00:00Z"));
  expect(afterQuiet(at("2026-11-23T05:59:59Z"), night)).toBe(at("2026-11-23T06:00:00Z"));
  expect(afterQuiet(at("2026-11-23T06:00:00Z"), night)).toBe(at("2026-11-23T06:00:00Z"));
});

test("in a night in which clocks are set it ends at the same hour of the clock", () => {
  expect(afterQuiet(at("2026-03-28T22:00:00Z"), night)).toBe(at("2026-03-29T05:00:00Z"));
  expect(afterQuiet(at("2026-10-24T21:00:00Z"), night)).toBe(at("2026-10-25T06:00:00Z"));
});

test("hours of a day, and none at all", () => {
  const noon = { zone: "UTC", from: 12 * 60, until: 13 * 60 };
  expect(afterQuiet(at("2026-11-22T12:30:00Z"), noon)).toBe(at("2026-11-22T13:00:00Z"));
  expect(afterQuiet(at("2026-11-22T13:30:00Z"), noon)).toBe(at("2026-11-22T13:30:00Z"));
  expect(afterQuiet(at("2026-11-22T13:30:00Z"), { ...noon, until: noon.from })).toBe(at("2026-11-22T13:30:00Z"));
});

test("it is never earlier than now, at most a day and an hour later, and not quiet any more", () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  const zone = fc.constantFrom("UTC", "Europe/Vienna", "America/New_York", "Asia/Kathmandu", "Pacific/Apia");
  const moment = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") });
  fc.assert(
    fc.property(moment, fc.record({ zone, from: minute, until: minute }), (now, quiet) => {
      const then = afterQuiet(now, quiet);
      expect(then).toBeGreaterThanOrEqual(now);
      expect(then - now).toBeLessThanOrEqual(25 * 3_600_000);
    }),
  );
});

test("a zone that is none is told apart", () => {
  expect(isZone("Europe/Vienna")).toBe(true);
  expect(isZone("Europe/Nowhere")).toBe(false);
});
