import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { bundleFile } from "../../server/launch/build.mjs";
import { migrate } from "../../server/launch/migrate.mjs";
import { MADE } from "../../server/launch/tree.mjs";
import { contender } from "./contender.mjs";
import { hundredths, percentile } from "./medians.mjs";

const WHILE_AWAY = 1_000;
const ROUNDS = 5;
const ONE_BY_ONE = 100;
const IN_TENS = 100;
const IDLE_S = 20;
const SECRET = "ab".repeat(32);

/**
 * Runs that wait for a person, with the worker of the studio in a process of its own. All are started and driven to
 * their question; the worker is stopped, some are answered, and a new one must finish those. Then it idles, and others
 * are answered, half of them one after the other, half ten at once. `resumeP99Ms` is from an answer to the end of its run,
 * the median of five rounds.
 *
 * @param {{ postgres: import("../../server/launch/postgres.mjs").Postgres, dir: string, runs: number }} options
 */
export async function waiters({ postgres, dir, runs }) {
  const url = await postgres.createDatabase("waiters");
  await migrate(url);
  const people = await contender(join(MADE, "build", "runtime-waiters.mjs"), [url]);
  let worker = await startWorker({ url, dir });
  try {
    const parkedInS = await people.ask({ do: "park", runs });
    await worker.stop();
    await people.ask({ do: "write", runs: WHILE_AWAY });
    const from = performance.now();
    worker = await startWorker({ url, dir });
    await people.ask({ do: "over" });
    const restartS = (performance.now() - from) / 1_000;
    const idleTxPerSecond = await transactionsWhileIdle(postgres.url, url);
    const rssMb = await rssOf(worker.pid);
    /** @type {{ p50: number, p99: number }[]} */
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const alone = await people.ask({ do: "answer", runs: ONE_BY_ONE, atOnce: 1 });
      const times = [...alone, ...(await people.ask({ do: "answer", runs: IN_TENS, atOnce: 10 }))];
      rounds.push({ p50: percentile(times, 50), p99: percentile(times, 99) });
    }
    const resumed = await people.ask({ do: "check", receipts: 100 });
    const of = (/** @type {"p50" | "p99"} */ name) =>
      percentile(
        rounds.map((round) => round[name]),
        50,
      );
    const resume = { resumeP50Ms: hundredths(of("p50")), resumeP99Ms: hundredths(of("p99")) };
    const times = { parkedInS: hundredths(parkedInS), restartS: hundredths(restartS) };
    return { runs, rssMb, idleTxPerSecond, ...resume, resumed, ...times };
  } finally {
    await worker.stop();
    await people.stop();
  }
}

/** @param {{ url: string, dir: string }} options */
async function startWorker({ url, dir }) {
  const file = join(dir, "receipt.key");
  writeFileSync(file, SECRET, { mode: 0o600 });
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: /** @type {const} */ ("production"),
    DATABASE_URL: url,
    STUDIO_DATA: dir,
    STUDIO_URL: "http://127.0.0.1:1",
    AGENTS_URL: "http://127.0.0.1:1",
    NEXTAUTH_SECRET: SECRET,
    RECEIPT_KEY_FILE: file,
  };
  const child = spawn(process.execPath, [bundleFile("worker")], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("exit", done));
  await new Promise((ready, fail) => {
    child.stdout.once("data", ready);
    child.once("exit", (code) => fail(new Error(`the worker ended with ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * What the worker asks of its database while nobody wants anything, the heartbeat included. The question is put to
 * another database, so that it does not count itself; what was left to vacuum is vacuumed before.
 *
 * @param {string} serverUrl @param {string} url
 */
async function transactionsWhileIdle(serverUrl, url) {
  const cleaner = new pg.Client({ connectionString: url });
  await cleaner.connect();
  await cleaner.query("vacuum analyze");
  await cleaner.end();
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const name = new URL(url).pathname.slice(1);
  const done = async () => {
    const text = "select xact_commit + xact_rollback as done from pg_stat_database where datname = $1";
    const { rows } = await client.query(text, [name]);
    return Number(rows[0].done);
  };
  const rest = (/** @type {number} */ seconds) => new Promise((rested) => setTimeout(rested, seconds * 1_000));
  await rest(12); // a session tells the statistics what it did within ten seconds
  const before = await done();
  await rest(IDLE_S);
  const after = await done();
  await client.end();
  return hundredths((after - before) / IDLE_S);
}

/** What a process takes up. Units: megabytes of 1,000,000 bytes. Linux only. @param {number} pid */
async function rssOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round((Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1_024) / 1_000_000);
}
