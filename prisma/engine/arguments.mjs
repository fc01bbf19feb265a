import { readFileSync } from "node:fs";

/**
 * What Prisma asks of its schema engine on the command line.
 *
 * @typedef {object} Asked
 * @property {boolean} version print the version and leave
 * @property {string | undefined} command a single act (`cli create-database`); without one, a conversation follows
 * @property {string} url the database
 * @property {[string, string][]} datamodels each schema file and its text
 */

/**
 * @param {string[]} words
 * @param {string} [fallbackUrl] the database where Prisma names none
 * @returns {Asked}
 */
export function readArguments(words, fallbackUrl = "") {
  /** @param {string} name */
  const valuesOf = (name) => words.flatMap((word, at) => (word === name ? [words[at + 1] ?? ""] : []));
  const datasource = JSON.parse(valuesOf("--datasource")[0] ?? "{}");
  return {
    version: words.includes("--version"),
    command: words.includes("cli") ? (words[words.indexOf("cli") + 1] ?? "") : undefined,
    url: datasource.url ?? fallbackUrl,
    datamodels: valuesOf("--datamodels").map((file) => [file, readFileSync(file, "utf8")]),
  };
}
