import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, AgentId } from "@/flows/basics/ids";
import { priceWords } from "@/flows/types/price-words";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { type ListingsRepo, listingsRepo, type Wanted } from "./listings-repo";
import { versionsRepo } from "./versions-repo";

let cluster: Cluster;
let pool: Pool;
let db: PrismaClient;
let listings: ListingsRepo;
const ada = AccountId.parse("ada");
const eve = AccountId.parse("eve");

beforeAll(async () => {
  cluster = await startCluster();
  const opened = await cluster.database();
  pool = opened.pool;
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: opened.url, max: 2 }) });
  listings = listingsRepo(db);
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada'), ('eve', 'Eve')`);
  await put("acme/summariser@1.9.0", { title: "Summariser", description: "Shortens prose.", capabilities: ["text"] });
  await put("acme/summariser@1.10.0", { title: "Summariser", description: "Shortens prose.", capabilities: ["text"] });
  await put("bolt/extractor@1.0.0", {
    title: "Extractor",
    description: "Reads documents and makes no summary of them.",
    capabilities: ["text", "documents"],
    amount: "900",
  });
  await put("cora/charts@2.0.0", {
    title: "Charts",
    description: "Draws.",
    capabilities: ["pictures"],
    publisher: "house",
  });
});
afterAll(async () => {
  await db.$disconnect();
  await cluster.stop();
});

type Told = {
  title: string;
  description: string;
  capabilities: string[];
  amount?: string;
  publisher?: string;
  price?: object;
};

async function put(agent: string, { title, description, capabilities, ...more }: Told) {
  const { amount = "500", publisher = "outside", price = { currency: "microcredits", amount } } = more;
  const schema = { type: "object", properties: {} };
  const words = { agent, title, description, capabilities, sends: [], effect: "keyed", deadlineMs: 5_000 };
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, $2, $3, 'acme', $4, 'https://agents.example', 'active')`,
    [agent, { ...words, price, input: schema, output: schema }, "0".repeat(64), publisher],
  );
}

const everything: Wanted = {
  ...{ text: "", categories: [], favourites: false },
  ...{ state: "active", band: null, protocol: null, effect: null, publisher: null },
  ...{ order: "fit", offset: 0, limit: 20 },
};
const found = async (more: Partial<Wanted>, owner = ada) =>
  (await listings.search(owner, { ...everything, ...more })).map(({ agent }) => agent as string);

test("each agent is listed once, as the newest version that can be called", async () => {
  expect(await found({})).toEqual(["cora/charts@2.0.0", "bolt/extractor@1.0.0", "acme/summariser@1.10.0"]);
  await pool.query("update agent_version set state = 'suspended' where agent = 'acme/summariser@1.10.0'");
  expect(await found({ text: "summariser" })).toEqual(["acme/summariser@1.9.0"]);
  await pool.query("update agent_version set state = 'suspended' where agent = 'acme/summariser@1.9.0'");
  expect(await found({ text: "summariser" })).toEqual([]);
  await pool.query("update agent_version set state = 'active'");
  expect(await found({ text: "summariser" })).toEqual(["acme/summariser@1.10.0"]);
  const { versions } = await listings.versions(ada, "acme/summariser");
  expect(versions.map(({ manifest }) => manifest.agent)).toEqual(["acme/summariser@1.10.0", "acme/summariser@1.9.0"]);
});

test("a word is found by its beginning, in the title before the description; of several words all are there", async () => {
  expect(await found({ text: "Summ" })).toEqual(["acme/summariser@1.10.0", "bolt/extractor@1.0.0"]);
  expect(await found({ text: "documents read" })).toEqual(["bolt/extractor@1.0.0"]);
  expect(await found({ text: "documents draws" })).toEqual([]);
  expect(await found({ text: "bolt" })).toEqual(["bolt/extractor@1.0.0"]);
});

test("whatever is typed is looked for and nothing else", async () => {
  for (const text of ["' or 1=1 --", "a & !b | (c", ":*", "\\", "%", "“”", "x".repeat(5_000), "a ".repeat(5_000)])
    expect(await found({ text }).then(() => "answered")).toBe("answered");
  expect(await found({ text: "&|!" })).toHaveLength(3);
});

test("what is found is narrowed by category, publisher and favourites, put in order, and told in pages", async () => {
  expect(await found({ categories: ["text"] })).toHaveLength(2);
  expect(await found({ categories: ["text", "documents"] })).toEqual(["bolt/extractor@1.0.0"]);
  expect(await found({ publisher: "house" })).toEqual(["cora/charts@2.0.0"]);
  expect(await found({ order: "price" })).toEqual([
    "acme/summariser@1.10.0",
    "cora/charts@2.0.0",
    "bolt/extractor@1.0.0",
  ]);
  expect(await found({ offset: 1, limit: 1 })).toEqual(["bolt/extractor@1.0.0"]);
  expect((await listings.counts(ada, { ...everything, text: "s" })).categories).toEqual([
    { value: "text", agents: 2 },
    { value: "documents", agents: 1 },
  ]);
});

test("a facet counts what there would be with another choice in it, under what is chosen in the others", async () => {
  const all = await listings.counts(ada, everything);
  expect(all.total).toBe(3);
  expect(all.facets.publisher).toEqual([
    { value: "house", agents: 1 },
    { value: "outside", agents: 2 },
  ]);
  const house = await listings.counts(ada, { ...everything, publisher: "house" });
  expect(house.total).toBe(1);
  expect(house.facets.publisher).toEqual(all.facets.publisher);
  expect(house.facets.band).toEqual([{ value: "low", agents: 1 }]);
  expect((await listings.counts(ada, { ...everything, band: "high" })).total).toBe(0);
});

test("a price of any kind is listed by the most that a call can come to", async () => {
  const prices = [
    { kind: "free" },
    { kind: "metered", unit: "page", price: { currency: "microcredits", amount: "100" }, maxPerCall: 9 },
  ];
  for (const [price, band] of [
    [prices[0], "free"],
    [prices[1], "low"],
  ] as const) {
    await pool.query(
      "update agent_version set manifest = manifest || jsonb_build_object('price', $1::jsonb) where agent like 'cora/%'",
      [price],
    );
    expect(await found({ band, order: "price" })).toContain("cora/charts@2.0.0");
  }
  const { rows } = await pool.query("select price from agent_listing where name = 'cora/charts'");
  expect(rows).toEqual([{ price: "900" }]);
  await pool.query(
    `update agent_version set manifest = manifest || '{"price": {"currency": "microcredits", "amount": "500"}}' where agent like 'cora/%'`,
  );
});

test("a deprecated agent is found by who asks for those, a hidden one by nobody", async () => {
  await pool.query("update agent_version set state = 'deprecated' where agent like 'cora/%'");
  expect(await found({})).not.toContain("cora/charts@2.0.0");
  expect(await found({ state: "deprecated" })).toEqual(["cora/charts@2.0.0"]);
  await pool.query("update agent_version set hidden = 'it does not answer' where agent like 'cora/%'");
  expect(await found({ state: "deprecated" })).toEqual([]);
  await pool.query("update agent_version set state = 'active', hidden = null where agent like 'cora/%'");
  expect(await found({ text: "charts" })).toEqual(["cora/charts@2.0.0"]);
  await expect(pool.query("update agent_version set state = 'sold'")).rejects.toThrow(/agent_version_state/);
});

test("a favourite is its owner's, kept once, and gone when it is taken back", async () => {
  for (let time = 0; time < 2; time++) await listings.setFavourite(ada, "cora/charts", true);
  expect(await found({ favourites: true })).toEqual(["cora/charts@2.0.0"]);
  expect(await found({ favourites: true }, eve)).toEqual([]);
  const marked = async (who: AccountId) => (await listings.versions(who, "cora/charts")).favourite;
  expect([await marked(ada), await marked(eve)]).toEqual([true, false]);
  await listings.setFavourite(ada, "cora/charts", false);
  expect(await found({ favourites: true })).toEqual([]);
});

test("agents are put in order by the most that a call of each can come to, and what is no price is not listed", async () => {
  const price = { currency: "microcredits", amount: "20" };
  const words = { title: "Pager", description: "Reads pages.", capabilities: ["pages"] };
  const page = { kind: "metered", unit: "page", price, maxPerCall: 40 };
  await put("dora/metered@1.0.0", { ...words, price: page });
  await put("dora/call@1.0.0", { ...words, price: { kind: "per_call", price } });
  await put("dora/free@1.0.0", { ...words, price: { kind: "free" } });
  for (const wrong of [{ kind: "by_mood" }, { ...page, maxPerCall: 9_999_999 }, {}])
    await put(`dora/wrong-${JSON.stringify(wrong).length}@1.0.0`, { ...words, price: wrong });
  const pagers = await listings.search(ada, { ...everything, categories: ["pages"], order: "price" });
  expect(pagers.map(({ name, price: each }) => [name, priceWords(each)])).toEqual([
    ["dora/free", "free"],
    ["dora/call", "0.00002 credits a call"],
    ["dora/metered", "0.00002 credits a page, at most 40 pages a call"],
  ]);
  await pool.query("delete from agent_version where agent like 'dora/%'");
});

test("whoever looks at an agent is told which check it failed, and neither where it answers nor what a reviewer wrote", async () => {
  const told = "manifest: GET https://agents.example/charts/manifest is to answer the manifest.";
  await pool.query("update agent_version set hidden = $1, reason = 'between us' where agent like 'cora/%'", [told]);
  await pool.query("insert into agent_probe (agent, problem, ms) values ('cora/charts@2.0.0', $1, 1)", [told]);
  const { versions: shown } = await listings.versions(ada, "cora/charts");
  expect(shown).toMatchObject([{ hidden: "manifest" }]);
  const probes = await versionsRepo(db).probes(AgentId.parse("cora/charts@2.0.0"));
  expect(probes).toMatchObject([{ problem: "manifest" }]);
  expect(`${bigintsAsText(shown)} ${JSON.stringify(probes)}`).not.toMatch(/agents\.example|between us/);
  await pool.query("update agent_version set hidden = null, reason = null where agent like 'cora/%'");
});

const bigintsAsText = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));

test("two who move versions of one agent at once leave it listed as it stands, and not as one of them saw it", async () => {
  await put("dual/agent@1.0.0", { title: "Dual", description: "One.", capabilities: [] });
  await put("dual/agent@2.0.0", { title: "Dual", description: "Two.", capabilities: [] });
  const [one, other] = await Promise.all([pool.connect(), pool.connect()]);
  const move = "update agent_version set state = $2 where agent = $1";
  await one.query("begin");
  await one.query(move, ["dual/agent@2.0.0", "suspended"]);
  const second = other.query(move, ["dual/agent@1.0.0", "deprecated"]);
  const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update agent_version%'`;
  await expect.poll(async () => (await pool.query(waits)).rowCount, { timeout: 10_000 }).toBe(1);
  await one.query("commit");
  await second;
  one.release();
  other.release();
  const { rows } = await pool.query("select agent, state from agent_listing where name = 'dual/agent'");
  expect(rows).toEqual([{ agent: "dual/agent@1.0.0", state: "deprecated" }]);
  await pool.query("delete from agent_version where agent like 'dual/%'");
});
