import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LinkFault } from "./fault.mjs";
import { lower } from "./lower.mjs";

/** The release of LLVM that the compiler was built with. Another one may not read its bitcode. */
export const LLVM = "22";

const STACK_BYTES = 4096;
const MOST_ROUNDS = 20;
const GENERATE = [
  "-march=bpf",
  "-mcpu=v2",
  "-mattr=+allows-misaligned-mem-access",
  "-filetype=obj",
  "-function-sections",
  "-data-sections",
  `-bpf-stack-size=${STACK_BYTES}`,
];

/** @param {string} tool @param {string[]} args */
const run = (tool, args) => execFileSync(`${tool}-${LLVM}`, args, { stdio: ["ignore", "inherit", "inherit"] });

/**
 * From the bitcode that rustc made to one object of BPF instructions, in a folder that may be littered.
 *
 * @param {readonly string[]} files @param {string} folder
 * @returns {Buffer}
 */
export function compileBitcode(files, folder) {
  const [linked, whole] = [join(folder, "linked.bc"), join(folder, "whole.ll")];
  run("llvm-link", [...bitcodeOf(files, folder), "-o", linked]);
  run("opt", ["-passes=internalize,globaldce", "-internalize-public-api-list=entrypoint", "-S", linked, "-o", whole]);
  const module = readFileSync(whole, "utf8");
  // BPF passes five arguments in registers and none on the stack: what takes more is put inside its callers.
  /** @type {Set<string>} */
  const inline = new Set();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const attempt = generate(optimise(module, inline, folder), folder);
    if ("object" in attempt) return attempt.object;
    const before = inline.size;
    for (const name of tooManyArguments(attempt.said)) inline.add(name);
    if (inline.size === before) throw new LinkFault(attempt.said);
  }
  throw new LinkFault("too many functions take more than five arguments");
}

/** @param {string} module @param {ReadonlySet<string>} inline @param {string} folder */
function optimise(module, inline, folder) {
  const [source, optimised] = [join(folder, "source.ll"), join(folder, "optimised.ll")];
  const names = [...inline].sort();
  writeFileSync(source, names.reduce(allowInlining, module));
  const forced = names.flatMap((name) => [
    `-force-remove-attribute=${name}:noinline`,
    `-force-attribute=${name}:alwaysinline`,
  ]);
  const passes = `${names.length > 0 ? "forceattrs," : ""}always-inline,default<O3>,globaldce`;
  const loops = ["-disable-loop-idiom-memset", "-disable-loop-idiom-memcpy"]; // else our own copies call themselves
  run("opt", [`-passes=${passes}`, ...forced, "-inline-threshold=275", ...loops, "-S", source, "-o", optimised]);
  return lower(readFileSync(optimised, "utf8"));
}

/** rustc says of each call, too, that it must not be put inside: that is taken off. @param {string} module @param {string} name */
function allowInlining(module, name) {
  const quoted = name.replace(/[.*+?^${}()|[\]\\$]/g, "\\$&");
  const call = new RegExp(`^(.*\\bcall\\b.*@${quoted}\\(.*\\)) #\\d+(,.*)?$`, "gm");
  return module.replace(call, (_, before, after) => before + (after ?? ""));
}

/** @param {string} module @param {string} folder @returns {{ object: Buffer } | { said: string }} */
function generate(module, folder) {
  const [lowered, object] = [join(folder, "lowered.ll"), join(folder, "program.o")];
  writeFileSync(lowered, module);
  const { status, stderr } = spawnSync(`llc-${LLVM}`, [...GENERATE, lowered, "-o", object], { encoding: "utf8" });
  if (/stack limit|exceeds/i.test(stderr)) throw new LinkFault(stderr.trim());
  return status === 0 ? { object: readFileSync(object) } : { said: stderr };
}

/** @param {string} said what the code generator complained of */
export function tooManyArguments(said) {
  const inside = [...said.matchAll(/in function (\S+) [^\n]*: stack arguments are not supported/g)];
  const called = [...said.matchAll(/GlobalAddress<ptr @([^>]+)>[^\n]*too many arguments/g)];
  return [...inside, ...called].map(([, name]) => name ?? "");
}

/** @param {readonly string[]} files @param {string} folder */
function bitcodeOf(files, folder) {
  /** @type {string[]} */
  const own = [];
  /** @type {string[]} */
  const standard = [];
  for (const [index, file] of files.entries()) {
    const members = /\.(rlib|a)$/.test(file) ? unpack(file, join(folder, `archive-${index}`)) : [file];
    (/lib(core|alloc|compiler_builtins)-/.test(file) ? standard : own).push(...members);
  }
  return [...own, ...standard].filter(isBitcode);
}

/** @param {string} archive @param {string} into */
function unpack(archive, into) {
  mkdirSync(into);
  execFileSync(`llvm-ar-${LLVM}`, ["x", archive], { cwd: into });
  return readdirSync(into)
    .filter((name) => name.endsWith(".o"))
    .sort()
    .map((name) => join(into, name));
}

/** @param {string} file */
function isBitcode(file) {
  const start = Buffer.alloc(4);
  const open = openSync(file, "r");
  readSync(open, start, 0, 4, 0);
  closeSync(open);
  return start.toString("latin1", 0, 2) === "BC" || start.readUInt32LE(0) === 0x0b17c0de;
}
