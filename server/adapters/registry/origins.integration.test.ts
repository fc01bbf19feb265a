import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, AgentId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { type Cluster, startCluster } from "../../drivers/postgres/fresh-database.contract";
import { registryOrigins } from "./origins";
import { registryPlaces } from "./places";

const acme = AccountId.parse("acme");
const agent = AgentId.parse("acme/reader@1.0.0");

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const ways = {
  "over HTTP": registryOrigins,
  "over whatever it declares": (pool: Pool) => {
    const place = registryPlaces(pool);
    return async (...known: Parameters<typeof place>) => (await place(...known))?.origin ?? null;
  },
};

test.each(Object.entries(ways))(
  "an agent is called %s only where the registry still has it as the plan knows it",
  async (_, wayOf) => {
    const { pool } = await cluster.database();
    const origin = wayOf(pool);
    const declared = digestOf("declared");
    expect(await origin(agent, declared, acme)).toBeNull();
    await pool.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{"price": {"kind": "free"}}', $2, 'acme', 'outside', 'house', 'active')`,
      [agent, declared],
    );
    expect(await origin(agent, declared, acme)).toBe("house");
    expect(await origin(agent, digestOf("declared anew"), acme)).toBeNull();
    await pool.query("update agent_version set payee = 'mallory'");
    expect(await origin(agent, declared, acme)).toBeNull(); // regression 27: nobody else is paid in silence
    await pool.query("update agent_version set payee = 'acme', state = 'suspended'");
    expect(await origin(agent, declared, acme)).toBeNull();
  },
);
