import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, AgentId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { type Cluster, startCluster } from "../../drivers/postgres/fresh-database.contract";
import { registryOrigins } from "./origins";

const acme = AccountId.parse("acme");
const agent = AgentId.parse("acme/reader@1.0.0");

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

test("an agent is called only where the registry still has it as the plan knows it", async () => {
  const { pool } = await cluster.database();
  const origin = registryOrigins(pool);
  const declared = digestOf("declared");
  expect(await origin(agent, declared, acme)).toBeNull();
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'house', 'active')`,
    [agent, declared],
  );
  expect(await origin(agent, declared, acme)).toBe("house");
  expect(await origin(agent, digestOf("declared anew"), acme)).toBeNull();
  await pool.query("update agent_version set payee = 'mallory'");
  expect(await origin(agent, declared, acme)).toBeNull(); // regression 27: nobody else is paid in silence
  await pool.query("update agent_version set payee = 'acme', state = 'suspended'");
  expect(await origin(agent, declared, acme)).toBeNull();
});
