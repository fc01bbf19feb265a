// Builds every program anew, compares it with the committed one byte for byte, and runs the Rust tests.
// Each of these counts as one test; what cannot be done here is skipped with its reason.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { committed, NAMES, sha256 } from "./built.mjs";
import { compile, PROGRAMS } from "./compile.mjs";
import { toolchain } from "./toolchain.mjs";

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);
const tally = { passed: 0, failed: 0, skipped: 0 };

const found = toolchain({ say, official: false });
const folder = mkdtempSync(join(tmpdir(), "programs-"));
try {
  for (const program of NAMES) rebuild(program); // in one new folder: the standard library is built once for all
} finally {
  rmSync(folder, { recursive: true, force: true });
}
rustTests();
const report = process.argv[2];
if (report) writeFileSync(report, JSON.stringify(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;

/** @param {string} why */
function skip(why) {
  say(`SKIPPED programs: ${why}`);
  tally.skipped += 1;
}

/** @param {string} what @param {boolean} held */
function told(what, held) {
  say(`${held ? "ok" : "FAILED"}  ${what}`);
  tally[held ? "passed" : "failed"] += 1;
}

/** @param {string} program */
function rebuild(program) {
  const { file, note } = committed(program);
  told(`the committed ${program}.so has the hash that is noted`, sha256(file) === note.sha256);
  if ("missing" in found) return skip(found.missing);
  if (found.route === "own" && found.version !== note.builtWith)
    return skip(`${program} was built with ${note.builtWith}, here is ${found.version}`);
  const made = compile(program, found, folder);
  if ("failed" in made) say(made.failed.trim());
  told(`${program} builds to the committed bytes`, !("failed" in made) && made.file.equals(file));
}

function rustTests() {
  const own = "route" in found && found.route === "own" ? found : undefined;
  const cargo = own?.cargo ?? "cargo";
  if (spawnSync(cargo, ["--version"]).status !== 0) return skip("no cargo for the Rust tests");
  const env = { ...process.env, ...(own ? { RUSTC: own.rustc } : {}) };
  const words = ["test", "--locked", "-j1", "--release", "-p", "rules"];
  const { status, stdout, stderr } = spawnSync(cargo, words, {
    cwd: PROGRAMS,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  for (const [, name, result] of stdout.matchAll(/^test (\S+) \.\.\. (ok|FAILED)$/gm))
    told(name ?? "", result === "ok");
  if (status !== 0) {
    say(`${stdout}\n${stderr}`);
    if (tally.failed === 0) tally.failed = 1;
  }
}
