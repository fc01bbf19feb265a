import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "./command.mjs";
import { diskFull, Refusal, registryUnreachable, saysDiskFull } from "./refusal.mjs";
import { digestOf, ROOT, stamp } from "./tree.mjs";
import { inTurn } from "./turn.mjs";

/** @typedef {{ version?: string; optional?: boolean; devOptional?: boolean; peer?: boolean; link?: boolean }} Locked */

const UNREACHABLE =
  /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|FETCH_ERROR)\b/;

const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

/** A few seconds of trying: enough for a hiccup, short enough for an honest answer where there is no network. */
const PATIENCE = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000"];

/**
 * Installs the packages of the lock file, only when others are installed.
 *
 * @returns {Promise<"installed" | "unchanged">}
 */
export async function install() {
  const digest = digestOf(["package-lock.json"]);
  const last = stamp(".studio-install", join(ROOT, "node_modules")); // goes away together with what it vouches for
  if (last.is(digest)) return "unchanged";
  return inTurn("install", async () => {
    if (last.is(digest)) return "unchanged";
    if (!matchesLock()) await installAll();
    last.set(digest);
    return "installed";
  });
}

/**
 * Not `npm ci`: that refuses a lock file which lacks a package for another platform, as npm writes it wherever a
 * registry does not carry them all. `--no-save` takes the locked versions just the same and leaves the lock alone.
 */
async function installAll() {
  await reachRegistry();
  const quiet = ["--no-save", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--include=dev"];
  const { ok, said } = await run(NPM, ["install", ...quiet, ...PATIENCE]);
  if (ok) return;
  if (saysDiskFull(said)) throw diskFull("installing packages");
  if (UNREACHABLE.test(said)) throw registryUnreachable(await registry());
  throw new Refusal(`npm install failed:\n${lastLines(said)}`);
}

/**
 * Asks the registry first: without one, npm would try each of hundreds of optional packages before it gave up. An
 * answer of any kind is enough, as not every registry knows the question.
 */
async function reachRegistry() {
  const { ok, said } = await run(NPM, ["ping", "--fetch-timeout=20000", ...PATIENCE]);
  if (!ok && UNREACHABLE.test(said)) throw registryUnreachable(await registry());
}

const registry = async () => (await run(NPM, ["config", "get", "registry", "--loglevel=silent"])).said.trim();

/** Whether somebody already installed exactly these versions by hand. */
function matchesLock() {
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const have = packagesOf(installed);
  const want = packagesOf(join(ROOT, "package-lock.json"));
  return Object.entries(want).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    return have[path] ? have[path].version === version : optional || devOptional; // absent: made for another platform
  });
}

/**
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
