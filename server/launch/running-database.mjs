import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MADE } from "./tree.mjs";

/**
 * The database of a studio that runs on this machine; ends the process with a sentence when none does.
 *
 * @param {string | undefined} folder the studio's data, where it is not the usual place
 * @returns {string}
 */
export function runningDatabase(folder) {
  const data = dataFolder(folder);
  const running = join(data, "postgres", "postmaster.pid");
  if (!existsSync(running)) {
    console.error("No studio runs here. Start it, name its folder with --data, or set DATABASE_URL.");
    process.exit(1);
  }
  const port = readFileSync(running, "utf8").split("\n")[3];
  const password = readFileSync(join(data, "secrets", "postgres-password"), "utf8");
  return `postgresql://studio:${password}@127.0.0.1:${port}/studio`;
}

/**
 * Where the local chain of a studio on this machine answers.
 *
 * @param {string | undefined} folder
 * @returns {string}
 */
export function runningChain(folder) {
  const ports = join(dataFolder(folder), "ports.json");
  if (!existsSync(ports)) {
    console.error("No studio was ever started here. Start it, name its folder with --data, or say where the chain is.");
    process.exit(1);
  }
  const { chain } = JSON.parse(readFileSync(ports, "utf8"));
  return `http://127.0.0.1:${chain}`;
}

/** @param {string | undefined} folder */
const dataFolder = (folder) => (folder ? resolve(folder) : join(MADE, "data"));
