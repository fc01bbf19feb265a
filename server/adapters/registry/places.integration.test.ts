import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, AgentId, type Digest } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import { type Cluster, startCluster } from "../../drivers/postgres/fresh-database.contract";
import { registryPlaces } from "./places";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const agent = AgentId.parse("acme/tool@1.0.0");
const declared = digestOf("declared");

async function placed(manifest: object, more: { state?: string; publisher?: string; hidden?: string | null } = {}) {
  const { pool } = await cluster.database();
  const { state = "active", publisher = "outside", hidden = null } = more;
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, hidden)
     values ($1, $2, $3, 'acme', $4, 'https://tools.example/mcp', $5, $6)`,
    [agent, JSON.stringify(manifest), declared, publisher, state, hidden],
  );
  const place = registryPlaces(pool);
  return (of: AgentId, digest: Digest, payee = "acme") => place(of, digest, AccountId.parse(payee));
}

test("an agent is where its version says, over what it declares, at what a call costs", async () => {
  const protocol = { kind: "mcp", tool: "look", declares: declared };
  const price = { currency: "microcredits", amount: "5" };
  expect(await (await placed({ protocol, price }))(agent, declared)).toEqual({
    origin: "https://tools.example/mcp",
    publisher: "outside",
    protocol,
    price: money("microcredits", 5n),
  });
  expect(await (await placed({ price: { kind: "free" } }))(agent, declared)).toMatchObject({
    protocol: null,
    price: null,
  });
});

test("whatever is not in the registry as the plan knows it is nowhere, and so is what no adapter understands", async () => {
  const place = await placed({});
  expect(await place(agent, digestOf("declared anew"))).toBeNull();
  expect(await place(AgentId.parse("acme/other@1.0.0"), declared)).toBeNull();
  expect(await place(agent, declared)).not.toBeNull();
  expect(await place(agent, declared, "mallory")).toBeNull(); // regression 27: nobody else is paid in silence
  expect(await (await placed({}, { state: "deprecated" }))(agent, declared)).not.toBeNull();
  expect(await (await placed({}, { hidden: "it cheated" }))(agent, declared)).toBeNull();
  expect(await (await placed({}, { state: "suspended" }))(agent, declared)).toBeNull();
  expect(await (await placed({}, { state: "draft" }))(agent, declared)).toBeNull();
  expect(await (await placed({ protocol: { kind: "telepathy" } }))(agent, declared)).toBeNull();
});
