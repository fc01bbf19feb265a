import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AgentId } from "@/flows/basics/ids";
import { PrismaClient } from "@/generated/prisma/client";
import { callTimesRepo } from "@/server/repos/call-times-repo";
import { callTimes } from "./call-times";
import { type Cluster, startCluster } from "./fresh-database.contract";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const [reader, writer, gone] = ["acme/reader@1.0.0", "acme/writer@1.0.0", "acme/gone@1.0.0"].map((id) =>
  AgentId.parse(id),
);

async function registry() {
  const { url, pool } = await cluster.database();
  for (const [agent, state] of [
    [reader, "active"],
    [writer, "active"],
    [gone, "deprecated"],
  ])
    await pool.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
       values ($1, '{}', 'd', 'acme', 'outside', 'house', $2)`,
      [agent, state],
    );
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
  return { pool, repo: callTimesRepo(db), close: () => db.$disconnect() };
}

test("half of the latest calls of an agent took no longer than what is told; who was not called is not told of", async () => {
  const { pool, repo, close } = await registry();
  const times = callTimes({
    pool,
    failed: (problem) => {
      throw problem;
    },
    beatMs: 5,
  });
  for (const ms of [10, 900, 20, 30, 40.4]) if (reader) times.took({ agent: reader, ms });
  if (gone) times.took({ agent: gone, ms: 1 });
  await times.stop();
  expect(await repo.latest()).toEqual([{ agent: reader, ms: 30, calls: 5 }]);
  await close();
});

test("only the latest are looked at, and few more are kept", async () => {
  const { pool, repo, close } = await registry();
  const times = callTimes({
    pool,
    failed: (problem) => {
      throw problem;
    },
    beatMs: 5,
  });
  for (const ms of [...Array(250).fill(5_000), ...Array(100).fill(7)]) if (writer) times.took({ agent: writer, ms });
  await times.stop();
  expect(await repo.latest()).toEqual([{ agent: writer, ms: 7, calls: 100 }]);
  const { rows } = await pool.query("select count(*)::int as kept from agent_call");
  expect(rows).toEqual([{ kept: 200 }]);
  const plan = await pool.query(
    "explain select ms from agent_call where agent = 'acme/writer@1.0.0' order by id desc limit 100",
  );
  expect(JSON.stringify(plan.rows)).toContain("agent_call_agent_id_idx");
  await close();
});

test("what cannot be written is lost without failing anybody", async () => {
  const { pool, close } = await registry();
  const heard: unknown[] = [];
  await pool.query("drop table agent_call");
  const times = callTimes({ pool, failed: (problem) => heard.push(problem), beatMs: 5 });
  if (reader) times.took({ agent: reader, ms: 1 });
  await times.stop();
  expect(heard).toHaveLength(1);
  await close();
});
