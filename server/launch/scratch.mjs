import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOf } from "./process-identity.mjs";

const MEMORY = "/dev/shm";
const NEEDED_BYTES = 6 * 2 ** 30; // two studios, two Postgres of a test file, two browsers, with room to spare
const OURS = /^studio-tests-(\d+)-/;

/**
 * A folder in memory for what tests write, where there is one that is large enough and programs may run from it. The disk
 * would have to keep every commit of a Postgres that is thrown away a minute later: that took half the time of a test.
 *
 * @param {string} [memory] where memory is mounted as a folder
 * @param {number} [neededBytes] how much of it has to be free
 * @returns {string | null} null where there is no such place: the folder for temporary files of this machine is used then
 */
export function scratchInMemory(memory = MEMORY, neededBytes = NEEDED_BYTES) {
  if (!existsSync(memory)) return null;
  forgetThoseOfTheDead(memory);
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize < neededBytes) return null;
  const folder = mkdtempSync(join(memory, `studio-tests-${process.pid}-`));
  if (mayRunFrom(folder)) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

/** @param {string} folder */
function mayRunFrom(folder) {
  const program = join(folder, "probe");
  writeFileSync(program, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}

/** Tests that were ended by force leave theirs behind, and memory is dearer than disk. @param {string} memory */
function forgetThoseOfTheDead(memory) {
  for (const name of readdirSync(memory)) {
    const pid = Number(OURS.exec(name)?.[1]);
    if (pid && startOf(pid) === undefined) rmSync(join(memory, name), { recursive: true, force: true });
  }
}
