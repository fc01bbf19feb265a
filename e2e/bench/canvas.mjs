import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "../fixtures/launch-chromium.mjs";
import { signIn } from "../smoke/client.mjs";
import { canvasFlow } from "./canvas-flow.mjs";
import { canvasRound } from "./canvas-round.mjs";
import { percentile } from "./medians.mjs";
import { startedStudio } from "./started-studio.mjs";

const SIZES = [100, 200, 500, 1_000, 2_000, 5_000];

/**
 * How the canvas answers, in the production build and a browser without a GPU: for each size the medians of the rounds.
 * `interactiveMs` from the navigation to a node that a click has selected; `panP95Ms`, `dragP95Ms`, `fitPanP95Ms` between
 * frames, while the mouse pans at zoom 1, drags a node at zoom 1, and pans with the whole flow in view; `domNodes` in the
 * document, the more of both views; `heapMb` of JavaScript after a collection.
 *
 * `--n 1000` measures that size alone, `--rounds 1` is quick, `--url` and nothing else started: the studio there.
 *
 * @param {readonly string[]} words
 */
export async function measure(words) {
  const sizes = wordAfter(words, "--n")?.split(",").map(Number) ?? SIZES;
  const rounds = Number(wordAfter(words, "--rounds") ?? 3);
  const url = wordAfter(words, "--url");
  if (url) return measuredAt(url, { sizes, rounds });
  const data = await mkdtemp(join(tmpdir(), "studio-bench-"));
  const studio = await startedStudio(data);
  try {
    return await measuredAt(studio.url, { sizes, rounds });
  } finally {
    await studio.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** @param {string} url @param {{ sizes: readonly number[], rounds: number }} how */
async function measuredAt(url, { sizes, rounds }) {
  const { api, cookies } = await signIn(url, "Bench");
  /** @type {Map<number, Awaited<ReturnType<typeof canvasRound>>[]>} */
  const seen = new Map(sizes.map((n) => [n, []]));
  const flows = new Map();
  for (const n of sizes) {
    const document = /** @type {any} */ (canvasFlow(n));
    const { flow } = await api.flows.create.mutate({ name: `${n} nodes`, document });
    await api.flows.plan.query({ flow }); // it compiles, or this throws
    flows.set(n, { flow, drawing: document });
  }
  // The sizes take turns, so that an hour in which others use the machine falls on all of them.
  for (let round = 0; round < rounds; round++)
    for (const n of sizes) {
      const browser = await launchChromium();
      try {
        const figures = await canvasRound(browser, { url, cookies, ...flows.get(n) });
        console.error(JSON.stringify({ n, round, ...figures }));
        seen.get(n)?.push(figures);
      } finally {
        await browser.close();
      }
    }
  return [...seen].map(([n, figures]) => ({ n, ...mediansOf(figures) }));
}

/** @param {Record<string, number>[]} rounds */
function mediansOf(rounds) {
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      percentile(
        rounds.map((each) => each[name] ?? 0),
        50,
      ),
    ]),
  );
}

/** @param {readonly string[]} words @param {string} name */
function wordAfter(words, name) {
  const place = words.indexOf(name);
  return place < 0 ? undefined : words[place + 1];
}
