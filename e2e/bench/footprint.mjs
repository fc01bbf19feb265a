import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../server/launch/build.mjs";
import { pssOfTree } from "./memory.mjs";
import { pageWeight } from "./page-weight.mjs";
import { startedStudio } from "./started-studio.mjs";

const REQUESTS = 1_200;
const SETTLE_MS = 15_000;

/**
 * What the studio weighs. `coldStartS` is the first start on an empty folder, `warmStartS` the next one; both with the
 * build in place. `ttfbP50Ms` is the list of flows of a signed-in person, on loopback. `pssIdleMb` is everything that
 * was started, the launcher included, after a quarter of a minute of rest.
 */
export async function measure() {
  await build({ pages: true });
  const data = await mkdtemp(join(tmpdir(), "studio-bench-"));
  try {
    const cold = await startedStudio(data);
    await cold.stop();
    const warm = await startedStudio(data);
    try {
      const { cookie, ...weights } = await pageWeight(warm.url);
      const ttfbP50Ms = await timeToFirstByte(`${warm.url}/flows`, cookie);
      await new Promise((rested) => setTimeout(rested, SETTLE_MS));
      const pssIdleMb = pssOfTree(warm.pid);
      const [coldStartS, warmStartS] = [tenths(cold.seconds), tenths(warm.seconds)];
      return { ...weights, ttfbP50Ms, pssIdleMb, coldStartS, warmStartS };
    } finally {
      await warm.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** @param {string} url @param {string} cookie */
async function timeToFirstByte(url, cookie) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  for (let sent = 0; sent < REQUESTS; sent++) times.push(await firstByte(url, { cookie, agent }));
  agent.destroy();
  const settled = times.slice(REQUESTS / 2).sort((a, b) => a - b); // the first half warms the process up
  return tenths(settled[Math.floor(settled.length / 2)] ?? 0);
}

/** @param {string} url @param {{ cookie: string, agent: http.Agent }} options @returns {Promise<number>} milliseconds */
function firstByte(url, { cookie, agent }) {
  return new Promise((done, fail) => {
    const began = performance.now();
    const request = http.get(url, { agent, headers: { cookie } }, (answer) => {
      answer.once("data", () => {
        const took = performance.now() - began;
        answer.on("end", () => done(took)).resume();
        if (answer.statusCode !== 200) fail(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    request.on("error", fail);
  });
}

/** @param {number} value */
const tenths = (value) => Math.round(value * 10) / 10;
