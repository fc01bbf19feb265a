import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, FlowId, NodeId } from "@/flows/basics/ids";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import type { Deed, DeedEdit } from "@/flows/graph/deed";
import { catchUp } from "@/flows/graph/log";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { deedsRepo } from "../repos/deeds-repo";
import { flowsRepo } from "../repos/flows-repo";
import { editFlow } from "./edit-flow";
import { compareRevisions, flowAt, flowHistory, nameRevision } from "./flow-history";

let cluster: Cluster;
let db: PrismaClient;
let studio: Parameters<typeof compareRevisions>[0];
let drawn = 0;
beforeAll(async () => {
  cluster = await startCluster();
  const { url, pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada'), ('eve', 'Eve')`);
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  const registry = { active: async () => sampleManifests, models: new Map() };
  studio = { flows: flowsRepo(db), deeds: deedsRepo(db), registry } as typeof studio;
});
afterAll(async () => {
  await db.$disconnect();
  await cluster.stop();
});

const owner = AccountId.parse("ada");
const first = NodeId.parse(reviewedReport.document.nodes[0]?.id);
const rename = (title: string): DeedEdit => ({ edit: "rename_node", node: first, title });
const deed = (name: string, ...edits: DeedEdit[]): Deed => ({ id: `deed-${name}`, name, edits });
async function draw() {
  const flow = FlowId.parse(`flow-${drawn++}`);
  await studio.flows.create(owner, { id: flow, name: "Flow", document: reviewedReport.document });
  return { owner, flow };
}
async function edited(ask: Parameters<typeof editFlow>[1]) {
  const answer = await editFlow(studio, ask);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}
const titleAt = async (place: { owner: AccountId; flow: FlowId }, revision: number) => {
  const at = await flowAt(studio, { ...place, revision });
  return at.ok ? at.value.document.nodes.find(({ id }) => id === first)?.title : at.error.code;
};

test("a deed counts once, however often and however simultaneously it is sent", async () => {
  for (let round = 0; round < 5; round++) await sendFiveTimes();
});

async function sendFiveTimes() {
  const place = await draw();
  const deeds = [deed("one", rename("One")), deed("two", { edit: "remove_nodes", nodes: [first] })];
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => edited({ ...place, from: 1, deeds })));
  for (const answer of answers)
    expect(answer).toMatchObject({ revision: 3, deeds: [{ id: "deed-one" }, { id: "deed-two" }] });
  expect(await edited({ ...place, from: 3, deeds })).toEqual({ revision: 3, deeds: [], document: null });
}

test("who is behind is told what came in, and what they did is made on top of it", async () => {
  const place = await draw();
  await edited({ ...place, from: 1, deeds: [deed("theirs", rename("Theirs"))] });
  const mine = deed("mine", { edit: "change_setting", node: first, field: "note", value: "mine" });
  const answer = await edited({ ...place, from: 1, deeds: [mine] });
  expect(answer.deeds.map(({ id, revision }) => [id, revision])).toEqual([
    ["deed-theirs", 2],
    ["deed-mine", 3],
  ]);
  const head = { revision: 1, document: reviewedReport.document };
  const saved = await studio.flows.find(owner, place.flow);
  expect(catchUp({ head, pending: [mine] }, answer.deeds)).toEqual({
    head: { revision: 3, document: saved?.document },
    pending: [],
  });
});

test("what no longer applies is told with its reason, and stands in the history", async () => {
  const place = await draw();
  await edited({ ...place, from: 1, deeds: [deed("gone", { edit: "remove_nodes", nodes: [first] })] });
  const answer = await edited({ ...place, from: 1, deeds: [deed("late", rename("Late"))] });
  const left = [{ edit: rename("Late"), error: { code: "node_unknown", node: first } }];
  expect(answer.deeds[1]).toMatchObject({ id: "deed-late", edits: [], left });
  const history = await flowHistory(studio, { ...place, before: 99 });
  expect(history.ok && history.value.deeds).toMatchObject([
    { name: "late", left },
    { name: "gone", left: [] },
  ]);
});

test("a tab that is further behind than the log reaches gets the whole drawing", async () => {
  const place = await draw();
  await db.flow.update({ where: { id: place.flow }, data: { revision: 7 } });
  const answer = await edited({ ...place, from: 4, deeds: [deed("old", rename("Old"))] });
  expect(answer).toMatchObject({ revision: 8, deeds: [{ id: "deed-old" }] });
  expect(answer.document?.nodes.find(({ id }) => id === first)?.title).toBe("Old");
});

test("every revision can be read again, across the ones that are kept whole", async () => {
  const place = await draw();
  const many = Array.from({ length: 230 }, (_, n) => deed(`n${n}`, rename(`Title ${n}`)));
  for (let at = 0; at < many.length; at += 23) await edited({ ...place, from: 1 + at, deeds: many.slice(at, at + 23) });
  for (const revision of [2, 100, 150, 231]) expect(await titleAt(place, revision)).toBe(`Title ${revision - 2}`);
  expect(await titleAt(place, 1)).toBe(reviewedReport.document.nodes[0]?.title);
  expect(await titleAt(place, 232)).toBe("revision_not_found");
  expect((await studio.deeds.marks(place.flow)).length).toBeGreaterThan(1);
});

test("a named revision is a version under the digest of its content, and its name can change", async () => {
  const place = await draw();
  await edited({ ...place, from: 1, deeds: [deed("a", rename("A")), deed("b", rename("B"))] });
  for (const name of ["Draft", "First"])
    expect(await nameRevision(studio, { ...place, revision: 2, name })).toMatchObject({ ok: true });
  const history = await flowHistory(studio, { ...place, before: 99 });
  expect(history.ok && history.value.named).toMatchObject([{ revision: 2, name: "First" }]);
  const version = history.ok ? history.value.named[0]?.version : 0;
  expect((await studio.flows.version(place.flow, version ?? 0))?.nodes.find(({ id }) => id === first)?.title).toBe("A");
  expect(await nameRevision(studio, { ...place, revision: 9, name: "X" })).toEqual({
    ok: false,
    error: { code: "revision_not_found" },
  });
});

test("what changed since a revision is said in words, the riskiest first", async () => {
  const place = await draw();
  const agent = reviewedReport.document.nodes.find(({ kind }) => kind === "agent");
  if (!agent) throw new Error("no agent");
  const cap: DeedEdit = {
    edit: "change_setting",
    node: agent.id,
    field: "cap",
    value: { currency: "microcredits", amount: "9000000" },
  };
  await edited({
    ...place,
    from: 1,
    deeds: [deed("moved", { edit: "move_nodes", to: { [first]: { x: 1, y: 1 } } }), deed("cap", cap)],
  });
  const compared = await compareRevisions(studio, { ...place, before: 1, after: 3 });
  const words = compared.ok ? compared.value.words : null;
  expect(words?.ok && words.changes[0]).toMatchObject({ risk: "money", direction: "more" });
  expect(words?.ok && words.changes.at(-1)).toMatchObject({ risk: "looks" });
});

test("nobody edits or reads a flow of somebody else", async () => {
  const { flow } = await draw();
  const eve = { owner: AccountId.parse("eve"), flow };
  const notFound = { ok: false, error: { code: "flow_not_found" } };
  expect(await editFlow(studio, { ...eve, from: 1, deeds: [deed("hers", rename("Hers"))] })).toEqual(notFound);
  expect(await flowHistory(studio, { ...eve, before: 99 })).toEqual(notFound);
  expect(await flowAt(studio, { ...eve, revision: 1 })).toEqual(notFound);
  expect(await compareRevisions(studio, { ...eve, before: 1, after: 1 })).toEqual(notFound);
});

test("what could not be stored is refused whole, and the flow stays as it is", async () => {
  const place = await draw();
  const wire = { from: { node: first, output: "o" }, to: { node: first, input: "i" } };
  const pin = { edit: "pin_flow", flow: "a".repeat(64), pinned: { nodes: [], wires: [wire] } } as unknown as DeedEdit;
  expect(await editFlow(studio, { ...place, from: 1, deeds: [deed("bad", pin)] })).toMatchObject({
    ok: false,
    error: { code: "edits_unusable" },
  });
  expect((await studio.flows.find(owner, place.flow))?.revision).toBe(1);
});
