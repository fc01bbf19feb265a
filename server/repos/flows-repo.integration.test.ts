import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, Digest, FlowId } from "@/flows/basics/ids";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { FlowDocument } from "@/flows/graph/graph";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { flowsRepo } from "./flows-repo";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const ada = AccountId.parse("ada");
const old = FlowId.parse("old");

async function openRepo() {
  const { url, pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada')`);
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
  return { db, pool, flows: flowsRepo(db) };
}

test("a flow that was stored in version 1 of the format opens as one of this version, and its frozen versions too", async () => {
  const { db, pool, flows } = await openRepo();
  try {
    const document = { ...reviewedReport.document, version: 1 };
    await pool.query(`insert into flow (id, owner_id, name, document) values ('old', 'ada', 'Old', $1)`, [document]);
    await pool.query(`insert into flow_version (flow_id, version, digest, document) values ('old', 1, 'd', $1)`, [
      document,
    ]);
    expect((await flows.find(ada, old))?.document).toEqual(reviewedReport.document);
    expect(await flows.version(old, 1)).toEqual(reviewedReport.document);
    expect(await flows.list(ada)).toMatchObject([{ name: "Old", nodes: document.nodes.length }]);
  } finally {
    await db.$disconnect();
  }
});

test("nodes inside nodes and pinned flows come back as they were stored", async () => {
  const { db, flows } = await openRepo();
  try {
    const node = { kind: "map", title: "Each", settings: { most: 3 } };
    const document = FlowDocument.parse({
      version: 2,
      nodes: [
        { ...node, id: "a" },
        { ...node, id: "b", parent: "a" },
      ],
      wires: [],
      layout: { b: { x: 20, y: 30 } },
      flows: { ["a".repeat(64)]: { nodes: [{ ...node, id: "c" }], wires: [] } },
    });
    const id = FlowId.parse("new");
    await flows.create(ada, { id, name: "New", document });
    expect((await flows.find(ada, id))?.document).toEqual(document);
    const version = await flows.freeze(id, Digest.parse("b".repeat(64)), document);
    expect(await flows.version(id, version)).toEqual(document);
  } finally {
    await db.$disconnect();
  }
});

test("a flow that has to be there is made once, also by two at once; removed it comes back, and only to its owner", async () => {
  const { db, pool, flows } = await openRepo();
  try {
    await pool.query(`insert into "user" (id, name) values ('eve', 'Eve')`);
    const id = FlowId.parse("try-it");
    const flow = { id, name: "Try: it", document: reviewedReport.document };
    await Promise.all([flows.ensure(ada, flow), flows.ensure(ada, flow)]);
    expect((await flows.find(ada, id))?.document).toEqual(flow.document);
    await flows.rename(ada, id, "Mine");
    await flows.ensure(ada, flow);
    expect(await flows.find(ada, id)).toMatchObject({ name: "Mine", revision: 1 });
    await flows.remove(ada, id);
    const eve = AccountId.parse("eve");
    await flows.ensure(eve, flow);
    expect([await flows.find(eve, id), await flows.find(ada, id)]).toEqual([null, null]);
    await flows.ensure(ada, flow);
    expect(await flows.find(ada, id)).toMatchObject({ name: "Mine" });
  } finally {
    await db.$disconnect();
  }
});
