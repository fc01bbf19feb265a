import { existsSync, readFileSync } from "node:fs";
import { failedInPlaywright, failedInVitest } from "./failed.mjs";

/** @typedef {{ passed: number; failed: number; skipped: number; names?: string[] }} Tally names: what failed, a line each */

/** @type {Tally} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** @param {boolean} ok */
export const one = (ok) => ({ ...NOTHING, [ok ? "passed" : "failed"]: 1 });

/**
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return tallies.reduce(
    (total, { passed, failed, skipped, names = [] }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
      names: [...(total.names ?? []), ...names],
    }),
    NOTHING,
  );
}

/** @param {Tally} tally */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * Reads vitest's report. A runner that failed without naming a failed test, or wrote nothing, is one failure.
 *
 * @param {string} file
 * @param {boolean} ok how the runner ended
 * @returns {Tally}
 */
export function vitestTally(file, ok) {
  if (!existsSync(file)) return one(ok);
  const report = JSON.parse(readFileSync(file, "utf8"));
  const brokenFiles = report.testResults.filter(
    (/** @type {{ status: string; assertionResults: unknown[] }} */ { status, assertionResults }) =>
      status === "failed" && assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  const names = failedInVitest(file);
  return honest({ passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles, skipped, names }, ok);
}

/**
 * Reads Playwright's report, by the same rule.
 *
 * @param {string} file
 * @param {boolean} ok
 * @returns {Tally}
 */
export function playwrightTally(file, ok) {
  if (!existsSync(file)) return one(ok);
  const { stats } = JSON.parse(readFileSync(file, "utf8"));
  const names = failedInPlaywright(file);
  return honest({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, names }, ok);
}

/** @param {Tally} tally @param {boolean} ok */
const honest = (tally, ok) => (ok || tally.failed > 0 ? tally : { ...tally, failed: 1 });
