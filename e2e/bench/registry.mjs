import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { signIn } from "../smoke/client.mjs";
import { hundredths, percentile } from "./medians.mjs";
import { cpuOfTree } from "./memory.mjs";
import { manyAgents, manySearches } from "./registry-agents.mjs";
import { startedStudio } from "./started-studio.mjs";

const AGENTS = 50_000;
const SEARCHES = 500;
const PAGES = 300;
const BATCH = 1_000;

/**
 * How a registry of 50,000 agents answers over HTTP in the production build, one question after the other. `searchP95Ms`:
 * a search and its counts, asked for at once as the page does, until both are read. `pageP95Ms`: an agent's page as HTML.
 * `--n 5000` has fewer agents.
 *
 * @param {readonly string[]} words
 */
export async function measure(words) {
  const place = words.indexOf("--n");
  const agents = place < 0 ? AGENTS : Number(words[place + 1]);
  const data = await mkdtemp(join(tmpdir(), "studio-bench-"));
  const studio = await startedStudio(data);
  try {
    const names = await fill(databaseOf(data), agents);
    return { agents, ...(await measuredAt(studio, names)) };
  } finally {
    await studio.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** @param {{ url: string, pid: number }} studio @param {readonly string[]} names */
async function measuredAt({ url, pid }, names) {
  const { api, cookies } = await signIn(url, "Bench");
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  for (const name of names.slice(0, 50)) await api.registry.setFavourite.mutate({ name, favourite: true });

  /** @type {number[]} */
  const searches = [];
  const parts = { search: /** @type {number[]} */ ([]), counts: /** @type {number[]} */ ([]) };
  const start = cpuOfTree(pid);
  for (const wanted of manySearches(SEARCHES + 50)) {
    const { order: _, offset: __, ...conditions } = wanted;
    const began = performance.now();
    await Promise.all([
      api.registry.search.query(wanted).then(() => parts.search.push(performance.now() - began)),
      api.registry.counts.query(conditions).then(() => parts.counts.push(performance.now() - began)),
    ]);
    searches.push(performance.now() - began);
  }
  const searched = cpuOfTree(pid);
  /** @type {number[]} */
  const pages = [];
  for (let round = 0; round < PAGES + 30; round++) {
    const name = names[(round * 7_919) % names.length];
    const began = performance.now();
    const answer = await fetch(`${url}/registry/${name}`, { headers: { cookie } });
    const html = await answer.text();
    pages.push(performance.now() - began);
    if (!answer.ok || !html.includes(name ?? ""))
      throw new Error(`the page of ${name} was answered with ${answer.status}`);
  }
  const p95 = (/** @type {number[]} */ all, /** @type {number} */ warm) => hundredths(percentile(all.slice(warm), 95));
  const told = { search: p95(parts.search, 50), counts: p95(parts.counts, 50), median: percentile(searches, 50) };
  const cpu = { search: (searched - start) / searches.length, page: (cpuOfTree(pid) - searched) / pages.length };
  console.error(JSON.stringify({ ...told, cpu, load: loadavg()[0], pageMedian: percentile(pages, 50) }));
  return { searchP95Ms: p95(searches, 50), pageP95Ms: p95(pages, 30) };
}

/**
 * As publishing would have left them: each version a row, and the listing kept up by the database itself.
 *
 * @param {string} connectionString @param {number} count
 */
async function fill(connectionString, count) {
  const client = new Client({ connectionString });
  await client.connect();
  /** @type {{ agent: string }[]} */
  let rows = [];
  const names = new Set();
  const put = async () => {
    await client.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, protocol)
       select agent, manifest, repeat('0', 64), split_part(agent, '/', 1), publisher, 'https://agents.example', state, protocol
         from jsonb_to_recordset($1) as row(agent text, manifest jsonb, publisher text, state text, protocol text)`,
      [JSON.stringify(rows)],
    );
    rows = [];
  };
  for (const row of manyAgents(count)) {
    rows.push(row);
    names.add(row.agent.split("@")[0]);
    if (rows.length >= BATCH) await put();
  }
  await put();
  await client.query("vacuum analyze agent_version, agent_listing");
  await client.end();
  return [...names];
}

/** @param {string} data */
function databaseOf(data) {
  const port = readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[3];
  const password = readFileSync(join(data, "secrets", "postgres-password"), "utf8");
  return `postgresql://studio:${password}@127.0.0.1:${port}/studio`;
}
