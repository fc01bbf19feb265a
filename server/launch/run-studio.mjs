import { once } from "node:events";
import { inspect } from "node:util";
import { parseFlags, USAGE } from "./flags.mjs";
import { openBrowser } from "./open-browser.mjs";
import { explain, Refusal } from "./refusal.mjs";
import { seconds } from "./stages.mjs";
import { startStudio } from "./start-studio.mjs";

const STOPS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const SAME_MS = 500;

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * The command `npm run studio`: starts, waits for the signal to stop, stops.
 *
 * @param {string[]} words
 * @returns {Promise<number>} the exit code
 */
export async function runStudio(words) {
  const stopping = stopSignal();
  try {
    const flags = parseFlags(words);
    if (flags.help) {
      say(USAGE);
      return 0;
    }
    const began = performance.now();
    const studio = await startStudio({ ...flags, say, signal: stopping });
    say(`Studio is ready at ${studio.url} (${seconds(performance.now() - began)}). Stop it with Ctrl-C.`);
    if (flags.open) openBrowser(studio.url, say);
    if (!stopping.aborted) await once(stopping, "abort");
    await studio.stop();
    say("Stopped.");
    return 0;
  } catch (error) {
    if (stopping.aborted) {
      say("Stopped.");
      return 0;
    }
    process.stderr.write(`${sentence(error)}\n`);
    return 1;
  }
}

/**
 * The first signal asks for an orderly end; a second one, later, ends at once, and what was started notices. Under
 * `npm run` one Ctrl-C arrives twice, from the terminal and from npm, which is why the second must be later.
 */
function stopSignal() {
  const controller = new AbortController();
  let first = 0;
  for (const name of STOPS) {
    process.on(name, () => {
      const now = performance.now();
      if (controller.signal.aborted && now - first > SAME_MS) process.exit(130);
      if (controller.signal.aborted) return;
      first = now;
      say("Stopping.");
      controller.abort();
    });
  }
  return controller.signal;
}

/** @param {unknown} error */
function sentence(error) {
  const known = explain(error, "starting");
  if (known instanceof Refusal) return known.message;
  return inspect(known);
}
