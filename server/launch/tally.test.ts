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
const inTree = (path: string) => join(import.meta.dirname, "..", "..", path);
const counts = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

test("reports become counts, and counts one closing line", () => {
  const unit = vitestTally(report({ ...counts, testResults: [] }), false);
  const e2e = playwrightTally(
    report({ suites: [], stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 1 } }),
    true,
  );
  expect(closingLine(sum([unit, e2e, one(true)]))).toBe("10 passed, 1 failed, 4 skipped");
});

test("what failed is named once more, with where it is and the beginning of what it said", () => {
  const failedTest = {
    fullName: "[X1] holds",
    status: "failed",
    failureMessages: ["\u001b[31mExpected 1\u001b[39m\n    at x"],
  };
  const held = { fullName: "held", status: "passed", failureMessages: [] };
  const testResults = [
    { name: inTree("flows/a.test.ts"), status: "failed", message: "", assertionResults: [held, failedTest] },
    { name: inTree("flows/b.test.ts"), status: "failed", message: "Cannot load", assertionResults: [] },
  ];
  const inner = { title: "signs", ok: false, tests: [{ results: [{ error: { message: "Timed out\nlog" } }] }] };
  const suites = [
    { title: "w.spec.ts", file: "w.spec.ts", suites: [{ title: "wallets", specs: [inner, { title: "x", ok: true }] }] },
  ];
  const stats = { expected: 1, flaky: 0, unexpected: 1, skipped: 0 };
  const total = sum([
    vitestTally(report({ ...counts, testResults }), false),
    playwrightTally(report({ stats, suites }), false),
  ]);
  expect(total.names).toEqual([
    "FAILED flows/a.test.ts · [X1] holds · Expected 1 / at x",
    "FAILED flows/b.test.ts · Cannot load",
    "FAILED w.spec.ts · signs · Timed out / log",
  ]);
});

test("a file that could not even be loaded counts as failed", () => {
  const broken = { name: inTree("flows/b.test.ts"), status: "failed", message: "Cannot load", assertionResults: [] };
  expect(vitestTally(report({ ...counts, numFailedTests: 0, testResults: [broken] }), false).failed).toBe(1);
});

test("a runner that failed without a failed test is still a failure", () => {
  expect(vitestTally(report({ ...counts, numFailedTests: 0, testResults: [] }), false).failed).toBe(1);
  expect(playwrightTally("/nowhere.json", false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
