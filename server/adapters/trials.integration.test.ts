import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outsideAgent, shouter, type Way } from "@/e2e/fixtures/outside-agent";
import { AccountId, AgentId } from "@/flows/basics/ids";
import { digestOfManifest } from "@/flows/plan/manifest";
import type { AgentsPort } from "@/flows/ports/agents";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { guardedFetch } from "@/server/egress/guarded-fetch";
import { postgresTrials, type Trials } from "./conformance/trials";
import { registryPlaces } from "./registry/places";

const noSecrets = async () => ({ ok: false, error: "nobody gave any" }) as const;
let cluster: Cluster;
let outside: Awaited<ReturnType<typeof outsideAgent>>;
let guard: ReturnType<typeof guardedFetch>;
let pool: Pool;
let trials: Trials;
let heard: Awaited<ReturnType<AgentsPort["call"]>>;
const declared = shouter("acme");
const digest = digestOfManifest(AgentManifest.parse(declared));

beforeAll(async () => {
  cluster = await startCluster();
  outside = await outsideAgent(declared);
  guard = guardedFetch({ trusted: new Set([outside.url]) });
  pool = (await cluster.database()).pool;
  trials = postgresTrials(pool, { fetch: guard.fetch, callAs: () => ({ call: async () => heard }) }, noSecrets);
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, example)
     values ($1, $2, $3, 'acme', 'outside', $4, 'active', '{"text": "hello"}')`,
    [declared.agent, declared, digest, outside.url],
  );
});
afterAll(async () => {
  await guard.close();
  await outside.stop();
  await cluster.stop();
});

async function probed(way: Way, times = 1): Promise<string | null> {
  outside.agent.way = way;
  outside.agent.calls = 0;
  for (let time = 0; time < times; time++) {
    await pool.query("update agent_version set probe_at = now() - interval '1 second'");
    await trials.carryOut(() => false);
  }
  const { rows } = await pool.query<{ hidden: string | null }>("select hidden from agent_version");
  return rows[0]?.hidden ?? null;
}

const isCalled = async () =>
  (await registryPlaces(pool)(AgentId.parse(declared.agent), digest, AccountId.parse("acme"))) !== null;
const shownAgain = () => pool.query("update agent_version set hidden = null");

test("an honest agent stays where it is, and its history says so", async () => {
  expect(await probed("honest", 2)).toBeNull();
  const { rows } = await pool.query("select problem from agent_probe");
  expect(rows).toEqual([{ problem: null }, { problem: null }]);
  expect(await isCalled()).toBe(true);
});

test.each(["dearer", "invalid", "oversized", "after_payment"] as const)(
  "one that cheats (%s) is hidden at once, not called by anybody, and stays hidden when it behaves again",
  async (way) => {
    expect(await probed(way)).not.toBeNull();
    expect(await isCalled()).toBe(false);
    expect((await pool.query("select from agent_listing")).rowCount).toBe(0);
    expect(await probed("honest")).not.toBeNull();
    await shownAgain();
  },
);

test("one that is ill is hidden at the third time, and seen again once it is well", async () => {
  await pool.query("delete from agent_probe");
  expect(await probed("unwell", 2)).toBeNull();
  expect(await probed("unwell")).toContain("outage");
  expect(await probed("honest")).toBeNull();
  expect(await isCalled()).toBe(true);
});

test("one that cheats while it is hidden for being ill stays hidden when it is well", async () => {
  await pool.query("delete from agent_probe");
  expect(await probed("unwell", 3)).toContain("outage");
  expect(await probed("dearer")).toContain("manifest");
  expect(await probed("honest")).toContain("manifest");
  await shownAgain();
});

test("what an agent says chooses nothing: neither the words of an outage nor characters that no database keeps excuse it", async () => {
  const protocol = { kind: "openapi", method: "get", path: "/", inputs: [], gives: "object" };
  const tool = { ...declared, agent: "acme/tool@1.0.0", effect: "safe", protocol };
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, example, protocol, probe_at)
     values ($1, $2, $3, 'acme', 'outside', $4, 'active', '{"text": "hello"}', 'openapi', now() - interval '1 second')`,
    [tool.agent, tool, digestOfManifest(AgentManifest.parse(tool)), outside.url],
  );
  const reason = "status 401: no connection, no answer in time \u0000";
  heard = { ok: false, error: { code: "agent_refused", reason } };
  await trials.carryOut(() => false);
  const { rows } = await pool.query<{ hidden: string }>("select hidden from agent_version where agent = $1", [
    tool.agent,
  ]);
  expect(rows[0]?.hidden).toMatch(/^schema: Nothing came: status 401: no connection/);
  await pool.query("delete from agent_version where agent = $1", [tool.agent]);
});

test("a trial that somebody fell over is carried out by the next, once; its checks stand beside it", async () => {
  outside.agent.way = "honest";
  await pool.query(
    `insert into conformance_run (id, draft_id, owner_id, digest, declared, lease_until)
     values ('t', 'd', 'ada', 'x', $1, now() - interval '1 second')`,
    [{ manifest: declared, address: outside.url, example: { text: "hello" } }],
  );
  await pool.query(
    "insert into conformance_check (run_id, place, name, result, words, ms) values ('t', 0, 'health', 'failed', '', 1)",
  );
  await trials.carryOut(() => false);
  await trials.carryOut(() => false);
  const { rows } = await pool.query(
    "select state, (select count(*)::int from conformance_check) as checks from conformance_run",
  );
  expect(rows).toEqual([{ state: "passed", checks: 9 }]);
});

test("an agent that takes its time keeps nobody else's from being tried, and is tried by one at a time meanwhile", async () => {
  outside.agent.way = "honest";
  let letGo: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const call: AgentsPort["call"] = async () => {
    await released;
    return { ok: false, error: { code: "agent_refused", reason: "no" } };
  };
  const patient = postgresTrials(pool, { fetch: guard.fetch, callAs: () => ({ call }) }, noSecrets);
  const protocol = { kind: "openapi", method: "get", path: "/", inputs: [], gives: "object" };
  const slow = { ...declared, effect: "safe", deadlineMs: 600_000, protocol };
  const queue = (id: string, owner: string, manifest: object) =>
    pool.query("insert into conformance_run (id, draft_id, owner_id, digest, declared) values ($1, $1, $2, 'x', $3)", [
      id,
      owner,
      { manifest, address: outside.url, example: { text: "hello" } },
    ]);
  const stateOf = async (id: string) =>
    (await pool.query("select state from conformance_run where id = $1", [id])).rows[0]?.state;
  await queue("slow", "eve", slow);
  await queue("slower", "eve", slow);
  const done = patient.carryOut(() => false);
  await queue("quick", "bob", declared);
  await expect.poll(() => stateOf("quick"), { timeout: 20_000 }).toBe("passed");
  const { rows } = await pool.query(
    "select id, lease_until > now() + interval '29 minutes' as held from conformance_run where state = 'queued' order by id",
  );
  expect(rows).toEqual([
    { id: "slow", held: true },
    { id: "slower", held: null },
  ]);
  letGo();
  await done;
  expect([await stateOf("slow"), await stateOf("slower")]).toEqual(["failed", "failed"]);
});
