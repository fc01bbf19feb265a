import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, OperationId, type RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { Policy } from "@/flows/policy/rules";
import type { PolicyAsk } from "@/flows/ports/policy";
import { type PolicyRig, policyContract } from "@/flows/ports/policy.contract";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { systemClock } from "./clock/system";
import { grant, openAccount } from "./credits/grants";
import { ledgerCredits } from "./credits/ledger";
import { keepPolicy, policyInForce, putInForce } from "./policy/kept";
import { postgresPolicies } from "./policy/postgres";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const eve = AccountId.parse("eve");
const acme = AccountId.parse("acme");
const credits = (amount: bigint) => money("microcredits", amount);
const policyOf = (...rules: readonly object[]) => Policy.parse({ version: 1, rules });

async function openStudio(): Promise<Pool> {
  const { pool } = await cluster.database();
  for (const owner of [eve, acme]) await openAccount(pool, owner, "microcredits");
  await grant(pool, { operation: OperationId.parse("gift"), owner: eve, amount: credits(1_000n) });
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve')`);
  await pool.query("insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')");
  await pool.query("insert into plan (hash, body) values ('p', '{}')");
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ('acme/reader@1.0.0', '{"capabilities":["read","summary"]}', 'd', 'acme', 'outside', 'house', 'active')`,
  );
  return pool;
}

async function openRig(): Promise<PolicyRig & { pool: Pool }> {
  const pool = await openStudio();
  const ledger = ledgerCredits(pool);
  const reservation = (run: RunId) => OperationId.parse(`${run}/reserve`);
  return {
    pool,
    port: postgresPolicies({ pool, clock: systemClock() }),
    keep: (rules) => keepPolicy(pool, policyOf(...rules)),
    async begin(run) {
      await pool.query(
        `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget)
         values ($1, 'eve', 'f', 1, 'Flow', 'p', 'microcredits', 80)`,
        [run],
      );
      await ledger.reserve({ operation: reservation(run), payer: eve, amount: credits(80n) });
    },
    async pays({ operation, run, action }: PolicyAsk, amount) {
      const capture = OperationId.parse(operation.replace("/judge", "/capture"));
      await ledger.capture({
        ...{ operation: capture, reservation: reservation(run) },
        ...{ payee: action.payee, amount: credits(amount) },
      });
    },
    async ends(run) {
      await pool.query("update run set finished_at = now() where id = $1", [run]);
    },
  };
}

policyContract("postgres", openRig);

test("[Y6] a limit by category is kept for what the registry says that the agent does", async () => {
  const { port, keep, begin } = await openRig();
  await begin("a" as RunId);
  const most = { currency: "microcredits", amount: "10" };
  const policy = await keep([
    { id: "reading", rule: "max_amount", per: "month", by: "category", zone: "Asia/Tokyo", most },
  ]);
  const ask = (step: string, agent: string) =>
    port.judge({
      operation: `a/${step}/judge`,
      run: "a",
      plan: policy,
      policy,
      payer: eve,
      action: { kind: "call", step, path: [], agent, payee: acme, publisher: "outside", amount: credits(6n) },
    } as unknown as PolicyAsk);
  expect(await ask("one", "acme/reader@1.0.0")).toMatchObject({ value: { verdict: "allow" } });
  expect(await ask("two", "acme/writer@1.0.0")).toMatchObject({ value: { verdict: "allow" } });
  expect(await ask("three", "acme/reader@1.0.0")).toMatchObject({ value: { verdict: "deny", rule: "reading" } });
});

test("[Y7] rules are put in force for what comes, and taken away; what they say never changes", async () => {
  const pool = await openStudio();
  expect(await policyInForce(pool, eve)).toBeNull();
  const most = { currency: "microcredits", amount: "7" };
  const strict = policyOf(
    { id: "known", rule: "payees", allow: ["acme"] },
    { id: "step", rule: "max_amount", per: "step", most },
  );
  const digest = await putInForce(pool, eve, strict);
  expect(await policyInForce(pool, eve)).toEqual({ digest, policy: strict });
  const loose = await putInForce(pool, eve, policyOf());
  expect((await policyInForce(pool, eve))?.digest).toBe(loose);
  await putInForce(pool, eve, null);
  expect(await policyInForce(pool, eve)).toBeNull();
  await expect(pool.query("update policy set body = '{}' where digest = $1", [digest])).rejects.toThrow("never change");
});
