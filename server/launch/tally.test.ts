import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { closingLine, one, playwrightTally, sum, vitestTally } from "./tally.mjs";

const report = (content: object) => {
  const file = join(mkdtempSync(join(tmpdir(), "tally-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const counts = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

test("reports become counts, and counts one closing line", () => {
  const unit = vitestTally(report({ ...counts, testResults: [] }), false);
  const e2e = playwrightTally(report({ stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 1 } }), true);
  expect(closingLine(sum([unit, e2e, one(true)]))).toBe("10 passed, 1 failed, 4 skipped");
});

test("a file that could not even be loaded counts as failed", () => {
  const broken = { status: "failed", assertionResults: [] };
  expect(vitestTally(report({ ...counts, numFailedTests: 0, testResults: [broken] }), false).failed).toBe(1);
});

test("a runner that failed without a failed test is still a failure", () => {
  expect(vitestTally(report({ ...counts, numFailedTests: 0, testResults: [] }), false).failed).toBe(1);
  expect(playwrightTally("/nowhere.json", false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
