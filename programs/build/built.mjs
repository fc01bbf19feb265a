import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROGRAMS } from "./compile.mjs";

/** Every program that is built, by the name of its folder and of its crate. */
export const NAMES = ["escrow", "registry"];

/** @typedef {{ sha256: string; bytes: number; builtWith: string }} Note */

/** @param {Buffer} file */
export const sha256 = (file) => createHash("sha256").update(file).digest("hex");

/** @param {string} program @param {string} ending */
const path = (program, ending) => join(PROGRAMS, "built", `${program}.${ending}`);

/** The committed program and what is noted of it. @param {string} program @returns {{ file: Buffer; note: Note }} */
export const committed = (program) => ({
  file: readFileSync(path(program, "so")),
  note: JSON.parse(readFileSync(path(program, "json"), "utf8")),
});

/** @param {string} program @param {Buffer} file @param {string} builtWith */
export function commit(program, file, builtWith) {
  writeFileSync(path(program, "so"), file);
  const note = { sha256: sha256(file), bytes: file.length, builtWith };
  writeFileSync(path(program, "json"), `${JSON.stringify(note, undefined, 2)}\n`);
}
