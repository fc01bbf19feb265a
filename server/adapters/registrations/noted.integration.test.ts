import { afterAll, beforeAll, expect, test } from "vitest";
import { AgentId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { type Cluster, startCluster } from "../../drivers/postgres/fresh-database.contract";
import { notedRegistrations } from "./noted";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const agent = AgentId.parse("acme/tool@1.0.0");
const noted = { program: "P", agent: "A", version: "V", registeredAt: 2n ** 40n, versionRegisteredAt: 7n };

test("a version has the registration that was noted last, and only one that the registry has can have any", async () => {
  const { pool } = await cluster.database();
  const registrations = notedRegistrations(pool);
  expect(await registrations.note(agent, noted)).toBe(false);
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'https://tools.example', 'active')`,
    [agent, digestOf("declared")],
  );
  expect(await registrations.of(agent)).toBeNull();
  expect(await registrations.note(agent, noted)).toBe(true);
  expect(await registrations.of(agent)).toEqual(noted);
  const later = { ...noted, registeredAt: 2n ** 40n + 1n };
  expect(await registrations.note(agent, later)).toBe(true);
  expect(await registrations.of(agent)).toEqual(later);
});
