import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { askingFlow } from "../fixtures/asking-flow.mjs";
import { signIn } from "../smoke/client.mjs";
import { hundredths, percentile } from "./medians.mjs";
import { startedStudio } from "./started-studio.mjs";

const PARKED = 10_000;
const AT_ONCE = 24;
const PAGES = 40;
const ANSWERS = 100;
const PATIENCE_MS = 1_800_000;

/** @typedef {Awaited<ReturnType<typeof signIn>>["api"]} Api */

/**
 * How approvals answer in the production build while many runs wait. `inbox1000Ms`: the page of the inbox as HTML for somebody
 * whom 1,000 questions wait for, the 95th of a hundred. `answerToNextStepP50Ms`: from the press that answers over HTTP until
 * the next step has been journalled. `--n 1000` parks fewer runs.
 *
 * @param {readonly string[]} words
 */
export async function measure(words) {
  const place = words.indexOf("--n");
  const parked = place < 0 ? PARKED : Number(words[place + 1]);
  const data = await mkdtemp(join(tmpdir(), "studio-bench-"));
  const studio = await startedStudio(data);
  const database = new Client({ connectionString: databaseOf(data) });
  try {
    await database.connect();
    const { api, cookies } = await signIn(studio.url, "Bench");
    const flow = await drawn(api);
    // One person may have 10,000 runs waiting: those that are answered are beside them.
    await park({ api, database, flow, count: Math.max(parked - ANSWERS, 0) });
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const inbox = await readInbox(studio.url, cookie);
    const answers = await answerAll({ api, database, flow });
    return {
      inbox1000Ms: hundredths(percentile(inbox, 95)),
      answerToNextStepP50Ms: hundredths(percentile(answers, 50)),
      parked: await waiting(database),
    };
  } finally {
    await database.end();
    await studio.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** @param {Api} api */
async function drawn(api) {
  const document = /** @type {any} */ (askingFlow({ approvers: ["@starter"] }));
  const { flow } = await api.flows.create.mutate({ name: "Asks", document });
  return { id: flow, plan: await api.flows.plan.query({ flow }) };
}

/** @typedef {{ api: Api, database: Client, flow: Awaited<ReturnType<typeof drawn>> }} Bench */

/** @param {Bench & { count: number }} options */
async function park({ api, database, flow, count }) {
  const before = await waiting(database);
  let begun = 0;
  const one = async () => {
    while (begun < count) {
      begun += 1;
      await start({ api, flow });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await until(async () => (await waiting(database)) >= before + count);
}

/** @param {Pick<Bench, "api" | "flow">} options */
async function start({ api, flow }) {
  const run = /** @type {any} */ (randomUUID());
  const input = /** @type {any} */ ({ text: "A text." });
  const asked = {
    flow: flow.id,
    run,
    plan: flow.plan.hash,
    currency: /** @type {const} */ ("trial_microcredits"),
    input,
  };
  for (;;) {
    try {
      await api.runs.start.mutate(asked);
      return run;
    } catch (error) {
      if (/** @type {any} */ (error).data?.domain?.code !== "runs_too_many") throw error;
      await new Promise((later) => setTimeout(later, 500)); // the worker has to come by
    }
  }
}

/** @param {string} url @param {string} cookie */
async function readInbox(url, cookie) {
  const times = [];
  for (let round = 0; round < PAGES + 5; round++) {
    const began = performance.now();
    const answer = await fetch(`${url}/approvals`, { headers: { cookie } });
    const html = await answer.text();
    times.push(performance.now() - began);
    if (!html.includes("May this go on?")) throw new Error(`the inbox was answered with ${answer.status}`);
  }
  return times.slice(5);
}

/** @param {Bench} options */
async function answerAll({ api, database, flow }) {
  const times = [];
  for (let round = 0; round < ANSWERS; round++) {
    const run = await start({ api, flow });
    const operation = /** @type {any} */ (`${run}/ask/ask`);
    const text = "select subject from question where operation = $1";
    let subject = "";
    await until(async () => {
      subject = (await database.query(text, [operation])).rows[0]?.subject ?? "";
      return subject !== "";
    });
    const began = performance.now();
    await api.approvals.answer.mutate({ operation, subject: /** @type {any} */ (subject), answer: "approved" });
    const next = "select 1 from run_event where run_id = $1 and event like '%\"decided\"%'";
    await until(async () => (await database.query(next, [run])).rows.length > 0);
    times.push(performance.now() - began);
  }
  return times;
}

/** @param {Client} database */
async function waiting(database) {
  const { rows } = await database.query("select count(*)::int as n from question where state = 'open'");
  return rows[0].n;
}

/** @param {() => Promise<boolean>} is */
async function until(is) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await is())) {
    if (performance.now() > end) throw new Error("it did not come to that");
    await new Promise((later) => setTimeout(later, 2));
  }
}

/** @param {string} data */
function databaseOf(data) {
  const port = readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[3];
  const password = readFileSync(join(data, "secrets", "postgres-password"), "utf8");
  return `postgresql://studio:${password}@127.0.0.1:${port}/studio`;
}
