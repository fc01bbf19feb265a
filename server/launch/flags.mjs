import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Refusal } from "./refusal.mjs";

export const USAGE = `npm run studio -- [--port N] [--data DIR] [--dev] [--reset] [--no-open]
  --port N     the address is http://127.0.0.1:N (default 4400)
  --data DIR   where everything that is saved lives (default .studio/data)
  --dev        rebuild pages as their files change
  --reset      erase the data folder first
  --no-open    leave the browser alone`;

const OPTIONS = /** @type {const} */ ({
  port: { type: "string", default: "4400" },
  data: { type: "string" },
  dev: { type: "boolean", default: false },
  reset: { type: "boolean", default: false },
  "no-open": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
});

/**
 * @typedef {object} Flags
 * @property {number} port
 * @property {string | undefined} data absolute
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
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Refusal(`--port must be a number from 1 to 65535, and "${values.port}" is not.`);
  const { dev, reset, help } = values;
  const typedIn = process.env.INIT_CWD ?? process.cwd(); // npm itself moves to the repository
  const data = values.data === undefined ? undefined : resolve(typedIn, values.data);
  return { port, data, dev, reset, help, open: !values["no-open"] };
}

/** @param {string[]} words */
function read(words) {
  try {
    return parseArgs({ args: words, options: OPTIONS });
  } catch (error) {
    throw new Refusal(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
}
