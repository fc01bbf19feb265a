// npm run programs:build: builds every program and keeps the result in programs/built.
import { join } from "node:path";
import { commit, NAMES, sha256 } from "./built.mjs";
import { compile, PROGRAMS } from "./compile.mjs";
import { toolchain } from "./toolchain.mjs";

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

const found = toolchain({ say, official: !process.argv.includes("--own") });
if ("missing" in found) say(`SKIPPED programs: ${found.missing}`);
else for (const program of NAMES) build(program, found);

/** @param {string} program @param {import("./compile.mjs").Found} tools */
function build(program, tools) {
  const made = compile(program, tools, join(PROGRAMS, "target"));
  if ("failed" in made) {
    say(made.failed.trim());
    process.exitCode = 1;
    return;
  }
  commit(program, made.file, tools.route === "own" ? tools.version : "cargo build-sbf");
  say(`programs/built/${program}.so: ${made.file.length} bytes, sha256 ${sha256(made.file)}`);
}
