import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { outsideAgent, shouter } from "@/e2e/fixtures/outside-agent";
import { AccountId } from "@/flows/basics/ids";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { guardedFetch } from "@/server/egress/guarded-fetch";
import { keyRing } from "./agent-secrets/key-ring";
import { agentSecrets, secretsOfTrials } from "./agent-secrets/postgres";
import { postgresTrials, type Trials } from "./conformance/trials";

const [ada, eve] = [AccountId.parse("ada"), AccountId.parse("eve")];
const KEY = "adas-own-key-1234";
const declared = { ...shouter("acme"), secrets: [{ name: "api-key", header: "X-Api-Key" }] };
const needed = { agent: "acme/shouter", name: "api-key" };
const keys = join(mkdtempSync(join(tmpdir(), "trial-secrets-")), "keys");
writeFileSync(keys, "a".repeat(64), { mode: 0o600 });

let cluster: Cluster;
let outside: Awaited<ReturnType<typeof outsideAgent>>;
let guard: ReturnType<typeof guardedFetch>;
let pool: Pool;
let trials: Trials;
let kept: ReturnType<typeof agentSecrets>;

beforeAll(async () => {
  cluster = await startCluster();
  outside = await outsideAgent(declared);
  guard = guardedFetch({ trusted: new Set([outside.url]) });
});
afterAll(async () => {
  await guard.close();
  await outside.stop();
  await cluster.stop();
});
beforeEach(async () => {
  ({ pool } = await cluster.database());
  const ways = { fetch: guard.fetch, callAs: () => Promise.reject(new Error("it speaks our own contract")) as never };
  trials = postgresTrials(pool, ways, secretsOfTrials(pool, keyRing(keys)));
  kept = agentSecrets(pool, keyRing(keys));
  outside.agent.way = "honest";
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada'), ('eve', 'Eve')`);
  await pool.query("insert into agent_draft (id, owner_id, form) values ('d', 'ada', '{}')");
});

let tried = 0;
async function checks() {
  const id = `trial-${tried++}`;
  await pool.query(
    "insert into conformance_run (id, draft_id, owner_id, digest, declared) values ($1, 'd', 'ada', 'd', $2)",
    [id, { manifest: declared, address: outside.url, example: { text: "hello" } }],
  );
  await trials.carryOut(() => false);
  const { rows } = await pool.query<{ name: string; result: string; words: string }>(
    "select name, result, words from conformance_check where run_id = $1 order by place",
    [id],
  );
  return rows;
}
const failed = async () => (await checks()).filter(({ result }) => result === "failed");

test("an agent that needs a secret is tested with its publisher's own, which they are asked for before it is listed", async () => {
  outside.agent.calls = 0;
  expect(await kept.isNeeded(ada, needed)).toBe(false);
  expect((await failed())[0]).toMatchObject({ name: "schema", words: expect.stringContaining("needs your api-key") });
  expect(outside.agent.calls).toBe(0);
  expect([await kept.isNeeded(ada, needed), await kept.isNeeded(eve, needed)]).toEqual([true, false]);
  expect(await kept.list(ada)).toMatchObject([{ ...needed, header: "X-Api-Key", setAt: null }]);
  await kept.put(eve, { ...needed, value: "eves-own-key-5678" });
  expect(await failed()).not.toEqual([]);
  await kept.put(ada, { ...needed, value: KEY });
  expect(await failed()).toEqual([]);
});

test("one that says the secret again fails, and what it said is kept nowhere", async () => {
  await kept.put(ada, { ...needed, value: KEY });
  outside.agent.way = "telling";
  const found = await checks();
  expect(found.find(({ name }) => name === "schema")).toMatchObject({
    result: "failed",
    words: expect.stringContaining("says a secret again"),
  });
  expect(JSON.stringify(found).toLowerCase()).not.toContain(KEY);
});

test("a listed one is probed with its publisher's secret, and not called when they took it away", async () => {
  await kept.put(ada, { ...needed, value: KEY });
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, example, owner_id, probe_at)
     values ($1, $2, 'd', 'ada', 'acme', $3, 'active', '{"text": "hello"}', 'ada', now())`,
    [declared.agent, declared, outside.url],
  );
  const probed = async () => {
    outside.agent.calls = 0;
    await pool.query("update agent_version set probe_at = now() - interval '1 second'");
    await trials.carryOut(() => false);
    const { rows } = await pool.query<{ problem: string | null }>(
      "select problem from agent_probe order by id desc limit 1",
    );
    return [rows[0]?.problem, outside.agent.calls > 0];
  };
  expect(await probed()).toEqual([null, true]);
  await kept.remove(ada, needed);
  expect(await probed()).toEqual([null, false]);
});
