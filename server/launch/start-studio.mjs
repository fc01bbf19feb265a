import { join } from "node:path";
import { bringUp } from "./bring-up.mjs";
import { endCommands } from "./command.mjs";
import { openDataFolder } from "./data-folder.mjs";
import { freePort, isFree } from "./ports.mjs";
import { explain, portTaken } from "./refusal.mjs";
import { MADE } from "./tree.mjs";
import { until } from "./waiting.mjs";

/** @typedef {import("./supervise.mjs").Supervised} Supervised */
/** @typedef {import("./data-folder.mjs").DataFolder} DataFolder */

const ORDER = ["postgres", "chain", "agents", "worker", "web"]; // each may need those before it until it has ended
const PORT_PATIENCE_MS = 500; // a studio that just ended may still hold its port for a moment

/**
 * @typedef {object} StudioOptions
 * @property {string | undefined} [data] the folder for everything that is saved
 * @property {number} [port] 0, the default, takes a free one
 * @property {number} [workers] how many processes carry runs on; 1 by default
 * @property {boolean} [dev]
 * @property {boolean} [reset]
 * @property {(line: string) => void} [say] gets one line per stage
 * @property {AbortSignal} [signal] ends a start that is under way
 */

/**
 * @typedef {object} Studio
 * @property {string} url
 * @property {string} databaseUrl
 * @property {string} agentsUrl
 * @property {string} chainUrl where the chain answers: our own, or the operator's
 * @property {string} data
 * @property {() => Partial<Record<string, number>>} pids by name (postgres, chain, agents, worker, worker-2, web), as they are now
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a whole studio and keeps it running until `stop`.
 *
 * @param {StudioOptions} [options]
 * @returns {Promise<Studio>}
 */
export async function startStudio(options = {}) {
  const { data = join(MADE, "data"), workers = 1, dev = false, reset = false, say = () => {} } = options;
  const signal = options.signal ?? new AbortController().signal;
  signal.addEventListener("abort", endCommands);
  const port = options.port || (await freePort());
  const url = `http://127.0.0.1:${port}`;
  /** @type {Supervised[]} */
  const running = [];
  /** @type {DataFolder | undefined} */
  let folder;
  const stop = async () => {
    const rank = (/** @type {Supervised} */ { name }) => ORDER.indexOf(name.replace(/-\d+$/, ""));
    for (const part of running.splice(0).sort((a, b) => rank(b) - rank(a))) await part.stop();
    folder?.release();
    folder = undefined;
  };
  try {
    folder = await openDataFolder(data, { url, reset });
    const free = () => isFree(port);
    if (!(await until(free, { forMs: PORT_PATIENCE_MS, everyMs: 100 }))) throw portTaken(port);
    return { ...(await bringUp({ folder, port, url, workers, dev, say, signal, running })), stop };
  } catch (error) {
    await stop();
    throw explain(error, "starting");
  } finally {
    signal.removeEventListener("abort", endCommands);
  }
}
