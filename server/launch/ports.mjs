import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

/**
 * @param {number} port 0 asks for any
 * @returns {Promise<number | undefined>} the port, or nothing when somebody has it
 */
function tryPort(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === "EADDRINUSE" || code === "EACCES") resolve(undefined);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(address.port));
    });
  });
}

/** @param {number} port */
export const isFree = async (port) => (await tryPort(port)) !== undefined;

/** Systems take the ports of outgoing connections from 32768 upwards: between choosing one there and listening it may be gone. */
const [LOWEST, HIGHEST, TRIES] = [15_000, 32_000, 50];

/** A port that nobody has, from where no outgoing connection takes one before it is listened on. */
export async function freePort() {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  const port = await tryPort(0);
  if (port === undefined) throw new Error("The system has no free port");
  return port;
}

/**
 * The same port as last time where it is free: addresses that a run wrote down stay true after a restart.
 *
 * @template {string} Name
 * @param {string} file where the ports are remembered
 * @param {Name[]} names
 * @returns {Promise<Record<Name, number>>}
 */
export async function steadyPorts(file, names) {
  /** @type {Partial<Record<Name, number>>} */
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const ports = /** @type {Record<Name, number>} */ ({});
  for (const name of names) {
    const last = before[name];
    ports[name] = last !== undefined && (await isFree(last)) ? last : await freePort();
  }
  if (names.some((name) => before[name] !== ports[name])) writeFileSync(file, JSON.stringify(ports));
  return ports;
}
