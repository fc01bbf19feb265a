import { expect, test } from "vitest";
import { faultsOf, lowered, portNames } from "./around.contract";
import { cronFault, isZone } from "./cron";

const schema = { type: "object", properties: { name: { type: "string" } } };

test("[N5] a trigger says what starts the flow, and gives what it brings", () => {
  expect(lowered("manual", {})).toMatchObject({ trigger: { on: "manual" }, offers: {} });
  expect(portNames("schedule", { cron: "0 9 * * *" })).toEqual({ inputs: [], outputs: ["due"] });
  expect(lowered("schedule", { cron: "0 9 * * 1-5", zone: "Europe/Vienna" })).toMatchObject({
    trigger: { on: "schedule", cron: "0 9 * * 1-5", zone: "Europe/Vienna" },
    offers: { due: { value: "run_input", field: "due", schema: { type: "string", format: "date-time" } } },
  });
  expect(lowered("schedule", { cron: "0 9 * * *" }).trigger).toMatchObject({ zone: "UTC" });
  for (const [kind, settings] of [
    ["webhook", { schema }],
    ["event", { schema, event: "run.finished" }],
  ] as const) {
    expect(portNames(kind, settings)).toEqual({ inputs: [], outputs: ["body"] });
    expect(lowered(kind, settings)).toMatchObject({ trigger: { on: kind }, offers: { body: { schema } } });
    expect(faultsOf(kind, { ...settings, schema: { ...schema, $id: "x" } })).toMatchObject([{ field: "schema" }]);
  }
  expect(faultsOf("event", { schema, event: "Run Finished" })).toEqual(["event"]);
});

test("[N3] a schedule reports its cron expression and its zone at once", () => {
  expect(faultsOf("schedule", { cron: "every day", zone: "Mars/Olympus" })).toMatchObject([
    { code: "settings_invalid", field: "cron" },
    { code: "settings_invalid", field: "zone" },
  ]);
});

test.each([
  "* * * * *",
  "*/15 0-6,18-23 1,15 */2 1-5",
  "0-30/10 9 * * 0,7",
  "0 0 29 2 *",
  "59 23 31 12 7",
  " 0  9 * * * ",
])("the cron expression %s is read", (cron) => {
  expect(cronFault(cron)).toBeNull();
});

test.each([
  ["", /five fields/],
  ["0 9 * *", /five fields/],
  ["0 0 9 * * *", /five fields/],
  ["@daily", /five fields/],
  ["60 9 * * *", /minute lies/],
  ["0 24 * * *", /hour lies/],
  ["0 9 0 * *", /day lies/],
  ["0 9 * 13 *", /month lies/],
  ["0 9 * * 8", /weekday lies/],
  ["0 9 * * MON", /none of/],
  ["0 9 * * 5-1", /backwards/],
  ["*/0 9 * * *", /at least 1/],
  ["5/10 9 * * *", /none of/],
  ["0 9 ? * *", /none of/],
  ["0,,5 9 * * *", /none of/],
  ["-1 9 * * *", /none of/],
  ["0 9 30 2 *", /No month/],
  ["0 9 31 4,6,9,11 *", /No month/],
  ["0 9 30-31 2-2/3 *", /No month/],
])("the cron expression %j is refused", (cron, problem) => {
  expect(cronFault(cron)).toMatch(problem);
});

test("a day that some month has comes, and so does a weekday beside a day that never does", () => {
  for (const cron of ["0 9 31 2,3 *", "0 9 30,1 2 *", "0 9 30 2 1"]) expect(cronFault(cron)).toBeNull();
});

test("a zone is a name and not an offset", () => {
  for (const zone of ["UTC", "Europe/Vienna", "America/Argentina/Buenos_Aires"]) expect(isZone(zone)).toBe(true);
  for (const zone of ["", "+02:00", "Mars/Olympus", "Europe/Vienna\n"]) expect(isZone(zone)).toBe(false);
});
