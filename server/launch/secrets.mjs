import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A secret of 32 random bytes in hex, made once and readable by its owner alone.
 *
 * @param {string} dir the folder of secrets
 * @param {string} name
 * @returns {{ file: string; value: string }}
 */
export function secret(dir, name) {
  const file = join(dir, name);
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const draft = `${file}.new`; // renamed when whole: half a key would be a wrong key for ever
    writeFileSync(draft, randomBytes(32).toString("hex"), { mode: 0o600, flush: true });
    renameSync(draft, file);
  }
  return { file, value: readFileSync(file, "utf8").trim() };
}
