import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { build } from "../../server/launch/build.mjs";
import { lastLines, run } from "../../server/launch/command.mjs";
import { migrate } from "../../server/launch/migrate.mjs";
import { freePort } from "../../server/launch/ports.mjs";
import { startPostgres } from "../../server/launch/postgres.mjs";
import { MADE } from "../../server/launch/tree.mjs";
import { contender } from "./contender.mjs";
import { hundredths, percentile } from "./medians.mjs";
import { waiters } from "./waiters.mjs";

const ROUNDS = 5;
const PEER = "@dbos-inc/dbos-sdk@5.3.0";
const NULL = { do: "null", runs: 320, atOnce: 64, steps: 5 };
const ALONE = { do: "null", runs: 30, atOnce: 1, steps: 20 };
const FULL = { do: "full", runs: 160, atOnce: 64, steps: 5 };
const RESUME = { do: "resume", runs: 60 };
const COMMITS = 200;
const WAITERS = 100_000;
const LONG = { do: "long", at: 10_000, windows: 40, steps: 25 };
const MANY = [2_000, 18_000];

/** @typedef {{ stepsPerSecond: number, msPerStep: number[] }} Figures */
/** @typedef {import("./contender.mjs").Contender} Contender */

/**
 * How fast runs go on, as medians of five rounds in which everybody takes turns on one database server: our worker, DBOS,
 * and a bare loop of insert and commit. `null` is a journalled command and its completion in the process, `full` a run as
 * it is. `p50OverFsync` is a step of a run that goes alone, and `resumeP50OverFsync` an answer until its run has ended,
 * each over a bare commit.
 */
export async function measure() {
  const peer = await peerFolder();
  await build({ pages: false, bundles: ["worker"] });
  const sources = ["runtime-load", "runtime-waiters"].map((name) => `${name}=e2e/bench/${name}.ts`);
  const bundled = await run(process.execPath, ["server/launch/bundle.mjs", ...sources]);
  if (!bundled.ok) throw new Error(lastLines(bundled.said));
  const dir = await mkdtemp(join(tmpdir(), "studio-runtime-"));
  const postgres = await startPostgres({ dir: join(dir, "data") });
  /** @type {Contender[]} */
  const started = [];
  try {
    const port = await freePort();
    const ours = await postgres.createDatabase("ours");
    await migrate(ours);
    started.push(await contender("e2e/bench/echo-agent.mjs", [String(port)]));
    const load = () => contender(join(MADE, "build", "runtime-load.mjs"), [ours, `http://127.0.0.1:${port}`]);
    const worker = await load();
    const dbos = await contender("e2e/bench/dbos-load.mjs", [await postgres.createDatabase("dbos"), peer]);
    started.push(worker, dbos);
    const commit = await committer(await postgres.createDatabase("bare"));
    const figures = await inRounds({ worker, dbos, commit: commit.p50 });
    await commit.stop();
    const longRun = await longRunOf(worker);
    for (const each of started.splice(1)) await each.stop(); // the agent stays
    return {
      ...figures,
      longRun,
      ...(await memoryOf(load)),
      waiters100k: await waiters({ postgres, dir, runs: WAITERS }),
    };
  } finally {
    for (const each of started) await each.stop();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** @param {{ worker: Contender, dbos: Contender, commit: () => Promise<number> }} contenders */
async function inRounds({ worker, dbos, commit }) {
  for (const warm of [worker, dbos]) for (const what of [NULL, ALONE]) await warm.ask(what);
  await worker.ask(FULL);
  /** @type {Record<string, number[]>} */
  const found = {};
  const note = (/** @type {string} */ name, /** @type {number} */ value) => {
    found[name] = [...(found[name] ?? []), value];
    return value;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const fsync = note("fsync", await commit());
    const ours = note("null", (await worker.ask(NULL)).stepsPerSecond);
    const theirs = note("dbos", (await dbos.ask(NULL)).stepsPerSecond);
    note("ratio", ours / theirs);
    note("alone", percentile((await worker.ask(ALONE)).msPerStep, 50) / fsync);
    note("dbosAlone", percentile((await dbos.ask(ALONE)).msPerStep, 50) / fsync);
    const full = await worker.ask(FULL);
    note("full", full.stepsPerSecond);
    const fullAlone = (await worker.ask({ ...FULL, runs: 20, atOnce: 1 })).msPerStep;
    note("fullP50", percentile(fullAlone, 50));
    note("fullP99", percentile(fullAlone, 99));
    note("resume", percentile((await worker.ask(RESUME)).msPerStep, 50) / fsync);
  }
  const of = (/** @type {string} */ name) => percentile(found[name] ?? [], 50);
  return {
    null: {
      stepsPerSecond: Math.round(of("null")),
      ratioToDbos: hundredths(of("ratio")),
      p50OverFsync: hundredths(of("alone")),
    },
    dbos: { stepsPerSecond: Math.round(of("dbos")), p50OverFsync: hundredths(of("dbosAlone")) },
    full: {
      stepsPerSecond: Math.round(of("full")),
      p50Ms: hundredths(of("fullP50")),
      p99Ms: hundredths(of("fullP99")),
    },
    resumeP50OverFsync: hundredths(of("resume")),
    fsyncP50Ms: hundredths(of("fsync")),
  };
}

/** The worse of a loop and a map. @param {Contender} worker */
async function longRunOf(worker) {
  const { loop, map } = await worker.ask(LONG);
  return { ratio10000: hundredths(Math.max(loop, map)), loop: hundredths(loop), map: hundredths(map) };
}

/** What a new worker takes up after 20,000 runs, over what it took after 2,000. @param {() => Promise<Contender>} begin */
async function memoryOf(begin) {
  const worker = await begin();
  const [few, all] = [await worker.ask({ do: "many", runs: MANY[0] }), await worker.ask({ do: "many", runs: MANY[1] })];
  await worker.stop();
  return { rssRatio20000: hundredths(all.rssMb / few.rssMb), rssMb20000: Math.round(all.rssMb) };
}

/** The peer's package lies in a folder of its own: only whoever compares needs it. */
async function peerFolder() {
  const folder = join(MADE, "bench", "dbos");
  if (existsSync(join(folder, "node_modules", "@dbos-inc"))) return folder;
  console.error(`installing ${PEER} to compare with`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { ok, said } = await run(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", PEER]);
  if (!ok) throw new Error(lastLines(said));
  return folder;
}

/** A row and its commit, over and over on one connection: what the disk allows. @param {string} databaseUrl */
async function committer(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("create table bare (id bigserial primary key, text text)");
  const p50 = async () => {
    const times = [];
    for (let sent = 0; sent < COMMITS; sent++) {
      const from = performance.now();
      await client.query("insert into bare (text) values ($1)", ["done"]);
      times.push(performance.now() - from);
    }
    return percentile(times, 50);
  };
  return { p50, stop: () => client.end() };
}
