import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "./tree.mjs";

/**
 * What of a report failed, a line each: where, which test, and the beginning of what it said. Said once more at the end of all, where
 * whoever reads a long log looks.
 *
 * @typedef {{ title: string; ok: boolean; tests?: { results: { error?: { message?: string } }[] }[] }} Spec
 * @typedef {{ file?: string; title: string; specs?: Spec[]; suites?: Suite[] }} Suite
 * @typedef {{ fullName: string; status: string; failureMessages: string[] }} Assertion
 * @typedef {{ name: string; status: string; message: string; assertionResults: Assertion[] }} TestFile
 */

/** @param {string} file vitest's report @returns {string[]} */
export function failedInVitest(file) {
  if (!existsSync(file)) return [];
  /** @type {{ testResults: TestFile[] }} */
  const { testResults } = JSON.parse(readFileSync(file, "utf8"));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const where = relative(ROOT, name);
    if (status === "failed" && assertionResults.length === 0) return [line(where, "", message)];
    return assertionResults
      .filter((one) => one.status === "failed")
      .map((one) => line(where, one.fullName, one.failureMessages[0]));
  });
}

/** @param {string} file Playwright's report @returns {string[]} */
export function failedInPlaywright(file) {
  if (!existsSync(file)) return [];
  /** @type {{ suites: Suite[] }} */
  const { suites } = JSON.parse(readFileSync(file, "utf8"));
  return suites.flatMap((suite) => inSuite(suite, suite.file ?? suite.title));
}

/** @param {Suite} suite @param {string} where @returns {string[]} */
function inSuite({ specs = [], suites = [] }, where) {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests = [] }) =>
      line(where, title, tests.flatMap(({ results }) => results).find((r) => r.error)?.error?.message),
    );
  return [...own, ...suites.flatMap((suite) => inSuite(suite, where))];
}

/** @param {string} where @param {string} title @param {string} [message] */
function line(where, title, message = "") {
  const said = stripVTControlCharacters(message)
    .split("\n")
    .map((each) => each.trim().replaceAll(/ +/g, " "))
    .filter(Boolean);
  return `FAILED ${[where, title, said.join(" / ")].filter(Boolean).join(" · ").slice(0, 600)}`;
}
