import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const ROTATE_BYTES = 10_000_000;
const TAIL_BYTES = 16_000;

/**
 * Opens a log to append to; a large one is first set aside as the only older one.
 *
 * @param {string} file
 */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > ROTATE_BYTES) renameSync(file, `${file}.old`);
  return openSync(file, "a", 0o600);
}

/** @param {string} file */
export const sizeOf = (file) => (existsSync(file) ? statSync(file).size : 0);

/**
 * What was written to a log since a position, at most its last few thousand characters.
 *
 * @param {string} file
 * @param {number} from
 */
export function readFrom(file, from) {
  const size = sizeOf(file);
  const start = Math.max(from > size ? 0 : from, size - TAIL_BYTES);
  const buffer = Buffer.alloc(size - start);
  const descriptor = openSync(file, "r");
  readSync(descriptor, buffer, 0, buffer.length, start);
  closeSync(descriptor);
  return buffer.toString("utf8");
}
