import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Refusal } from "./refusal.mjs";

export const USAGE = `npm run studio -- [--port N] [--data DIR] [--workers N] [--dev] [--reset] [--no-open]
  --port N     the address is http://127.0.0.1:N (default 4400)
  --data DIR   where everything that is saved lives (default .studio/data)
  --workers N  so many processes carry runs on (default 1, at most 8)
  --dev        rebuild pages as their files change
  --reset      erase the data folder first
  --no-open    leave the browser alone`;

/** Each worker holds nine connections of the hundred that the database has. */
const MOST_WORKERS = 8;

const OPTIONS = /** @type {const} */ ({
  port: { type: "string", default: "4400" },
  data: { type: "string" },
  workers: { type: "string", default: "1" },
  dev: { type: "boolean", default: false },
  reset: { type: "boolean", default: false },
  "no-open": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
});

/**
 * @typedef {object} Flags
 * @property {number} port
 * @property {string | undefined} data absolute
 * @property {number} workers
 * @property {boolean} dev
 * @property {boolean} reset
 * @property {boolean} open
 * @property {boolean} help
 */

/**
 * @param {string[]} words
 * @returns {Flags}
 */
export function parseFlags(words) {
  const { values } = read(words);
  const port = whole("--port", values.port, 65_535);
  const workers = whole("--workers", values.workers, MOST_WORKERS);
  const { dev, reset, help } = values;
  const typedIn = process.env.INIT_CWD ?? process.cwd(); // npm itself moves to the repository
  const data = values.data === undefined ? undefined : resolve(typedIn, values.data);
  return { port, data, workers, dev, reset, help, open: !values["no-open"] };
}

/**
 * @param {string} flag
 * @param {string} word
 * @param {number} most
 */
function whole(flag, word, most) {
  const value = Number(word);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Refusal(`${flag} must be a number from 1 to ${most}, and "${word}" is not.`);
}

/** @param {string[]} words */
function read(words) {
  try {
    return parseArgs({ args: words, options: OPTIONS });
  } catch (error) {
    throw new Refusal(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
}
