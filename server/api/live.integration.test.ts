import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import superjson from "superjson";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, type RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { callStep, planOf } from "@/flows/examples/small-plan";
import type { AgentsPort } from "@/flows/ports/agents";
import { PrismaClient } from "@/generated/prisma/client";
import { httpAgents } from "@/server/adapters/agents/http";
import { postgresLive } from "@/server/adapters/live/postgres";
import { postgresProgress } from "@/server/adapters/progress/postgres";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { type Rig, rig } from "@/server/drivers/postgres/rig.contract";
import { runsRepo } from "@/server/repos/runs-repo";
import type { Services } from "@/server/services";
import type { RunTold } from "@/server/use-cases/follow-run";
import { appRouter } from "./root";
import type { Context } from "./trpc";

let cluster: Cluster;
let studio: Rig;
let web: { url: string; close(): Promise<void> };
let user: Context["user"];

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  const { url, pool } = await cluster.database();
  user = { id: AccountId.parse("eve"), way: "browser" };
  studio = rig(pool);
  await studio.open();
  web = await serve(url);
});
afterEach(async () => {
  await web.close();
  await studio.close();
});

/** The API as it is served, over HTTP. */
async function serve(databaseUrl: string) {
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 2 }) });
  const services = {
    live: postgresLive({ pool: studio.pool, databaseUrl }),
    runs: runsRepo(db, { freshAbove: null }),
  } as unknown as Services;
  const server: Server = createHTTPServer({ router: appRouter, createContext: () => ({ user, services }) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await db.$disconnect();
    },
  };
}

type Heard = { id: string; told: RunTold };
type Whence = { lastId?: string; by?: "header" | "input" };

/** One connection: what it says until it is cut, which is when whoever reads it stops, or until it ends by itself. */
async function* connect(run: RunId, { lastId, by = "header" }: Whence = {}): AsyncGenerator<Heard> {
  const cut = new AbortController();
  const input = superjson.serialize({ run, ...(lastId && by === "input" ? { lastEventId: lastId } : {}) });
  const headers = { accept: "text/event-stream", ...(lastId && by === "header" ? { "last-event-id": lastId } : {}) };
  const url = `${web.url}/live.run?input=${encodeURIComponent(JSON.stringify(input))}`;
  const reply = await fetch(url, { headers, signal: cut.signal });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  try {
    for await (const fields of eventsOf(reply)) {
      if (fields.event === "return") return;
      if (fields.event === "serialized-error") throw new Error(fields.data);
      if (fields.event === undefined)
        yield { id: fields.id ?? "", told: superjson.deserialize(JSON.parse(fields.data ?? "")) };
    }
    throw new Error("the stream ended without a word");
  } finally {
    cut.abort();
  }
}

type Fields = Partial<Record<"event" | "data" | "id", string>>;

async function* eventsOf(reply: Response): AsyncGenerator<Fields> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n").filter(Boolean);
      if (lines.length > 0) yield Object.fromEntries(lines.map((line) => /^(\w+): ?(.*)$/.exec(line)?.slice(1) ?? []));
    }
  }
}

async function first(connection: AsyncGenerator<Heard>): Promise<Heard | null> {
  for await (const heard of connection) if (heard.told.kind === "journal") return heard;
  return null;
}

async function all(connection: AsyncGenerator<Heard>): Promise<Heard[]> {
  const heard: Heard[] = [];
  for await (const each of connection) heard.push(each);
  return heard;
}

const eventIn = ({ told }: Heard) => (told.kind === "journal" ? [told.event] : []);
const inARow = ["a", "b", "c", "d", "e"].map((id, place) =>
  callStep(id, place === 0 ? [] : [{ step: place - 1, port: "done" }]),
);

test("a connection that is cut at every event of a run under way gives each event once, in order", async () => {
  const run = await studio.start(planOf(inARow));
  const heard: Heard[] = [];
  const cuttingOften = (async () => {
    for (let next = await first(connect(run)); next; ) {
      heard.push(next);
      next = await first(connect(run, { lastId: next.id, by: heard.length % 2 ? "header" : "input" }));
    }
  })();
  await studio.drive(studio.portsWith().ports);
  await cuttingOften;
  const journal = await studio.events(run);
  expect(journal.length).toBeGreaterThan(10);
  expect(heard.map(({ id }) => id)).toEqual(journal.map((_, place) => `${run}:${place + 1}`));
  expect(heard.flatMap(eventIn)).toEqual(journal);
});

test("wherever it is cut, what came before and what comes after are the journal", async () => {
  const run = await studio.start(planOf(inARow));
  await studio.drive(studio.portsWith().ports);
  await studio.finished(run);
  const journal = await studio.events(run);
  const whole = await all(connect(run));
  expect(whole.flatMap(eventIn)).toEqual(journal);
  for (const [place, { id }] of whole.entries())
    expect((await all(connect(run, { lastId: id }))).flatMap(eventIn)).toEqual(journal.slice(place + 1));
});

test("an id of another run, of nothing or of what has not happened yet starts from the beginning", async () => {
  const [run, other] = [await studio.start(planOf(inARow)), await studio.start(planOf(inARow))];
  await studio.drive(studio.portsWith().ports);
  await Promise.all([studio.finished(run), studio.finished(other)]);
  const journal = await studio.events(run);
  const ids = [`${other}:3`, "3", "hello", `${run}:`, `${run}:-1`, `${run}:1e1`, `${run}:99999`, `${run}:3:3`, ":3"];
  for (const lastId of ids)
    for (const by of ["header", "input"] as const)
      expect((await all(connect(run, { lastId, by }))).flatMap(eventIn)).toEqual(journal);
});

test("nobody follows a run of somebody else, and no run that is not there", async () => {
  const run = await studio.start(planOf(inARow));
  user = { id: AccountId.parse("bob"), way: "browser" };
  await expect(first(connect(run))).rejects.toThrow("run_not_found");
  await expect(first(connect(run, { lastId: `${run}:1` }))).rejects.toThrow("run_not_found");
  user = null;
  await expect(first(connect(run))).rejects.toThrow("UNAUTHORIZED");
});

test("what an agent says comes between the events, again after a cut, and is nowhere in the journal", async () => {
  let finish = () => {};
  const agents: AgentsPort = {
    async call(_, hear) {
      hear?.({ delta: "Once " });
      hear?.({ progress: { done: 0.5, message: "half" } });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { ok: true, value: { output: {}, price: money("microcredits", 10n), detail: {} } };
    },
  };
  const progress = postgresProgress({ pool: studio.pool, failed: (problem) => studio.faults.push(String(problem)) });
  const { ports } = studio.portsWith();
  await studio.drive({ ...ports, agents, progress });
  const run = await studio.start(planOf([callStep("a")]));
  const said = { kind: "progress", operation: `${run}/a/call`, start: 0, text: "Once ", done: 0.5, message: "half" };

  let lastId = "";
  for await (const { id, told } of connect(run)) {
    lastId = id;
    if (told.kind !== "progress") continue;
    expect(told).toEqual(said);
    break;
  }
  const again: Heard[] = [];
  for await (const heard of connect(run, { lastId })) {
    again.push(heard);
    finish(); // it is heard before there is a result
  }
  expect(again[0]).toEqual({ id: lastId, told: said });
  expect(again.slice(1).flatMap(eventIn)[0]).toMatchObject({ type: "call_delivered" });
  const { rows } = await studio.pool.query(
    "select 1 from run_event where event like '%Once%' union all select 1 from run_snapshot where state like '%Once%' union all select 1 from receipt where body like '%Once%' union all select 1 from value where body like '%Once%'",
  );
  expect(rows).toEqual([]);
  await expect.poll(async () => (await studio.pool.query("select 1 from run_progress")).rowCount).toBe(0);
  expect(studio.faults).toEqual([]);
  progress.stop();
});

test("a stream of an agent that breaks off is asked for again under the same key, begins anew, and is paid once", async () => {
  const calls: { key: string; answer: ServerResponse }[] = [];
  const agent = createServer((request: IncomingMessage, answer) => {
    calls.push({ key: String(request.headers["idempotency-key"]), answer });
    answer.writeHead(200, { "content-type": "application/x-ndjson" });
    answer.write(`${JSON.stringify({ delta: `attempt ${calls.length}` })}\n`);
  }).listen(0, "127.0.0.1");
  await once(agent, "listening");
  const house = `http://127.0.0.1:${(agent.address() as AddressInfo).port}`;
  const agents = httpAgents({ placeOf: async () => ({ origin: "house", publisher: "house" }), addresses: { house } });
  const progress = postgresProgress({ pool: studio.pool, failed: (problem) => studio.faults.push(String(problem)) });
  await studio.drive({ ...studio.portsWith().ports, agents, progress });
  const run = await studio.start(planOf([callStep("a")]));

  const texts: string[] = [];
  for await (const { told } of connect(run)) {
    if (told.kind !== "progress") continue;
    texts.push(told.text.padStart(told.start));
    const last = calls.at(-1)?.answer;
    if (texts.length === 1) last?.socket?.destroy();
    else last?.end(`${JSON.stringify({ status: 200, answer: { output: {}, price: PRICE } })}\n`);
  }
  expect(texts).toEqual(["attempt 1", "attempt 2"]);
  expect(calls.map(({ key }) => key)).toEqual([`${run}/a/call`, `${run}/a/call`]);
  expect(await studio.row(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect((await studio.audit(run)).moves).toEqual({ reserve: 1, "a/capture": 1, release: 1 });
  progress.stop();
  agent.closeAllConnections();
  agent.close();
});

const PRICE = { currency: "microcredits", amount: "10" };
