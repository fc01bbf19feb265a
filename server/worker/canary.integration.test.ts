import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AccountId, RunId } from "@/flows/basics/ids";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import { keyRing } from "@/server/adapters/agent-secrets/key-ring";
import { agentSecrets, resealAll, secretsOfCalls } from "@/server/adapters/agent-secrets/postgres";
import { httpAgents } from "@/server/adapters/agents/http";
import { postgresLive } from "@/server/adapters/live/postgres";
import { postgresProgress } from "@/server/adapters/progress/postgres";
import { registryPlaces } from "@/server/adapters/registry/places";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, type Rig, reader, rig } from "@/server/drivers/postgres/rig.contract";

const CANARY = "canary-b7d1-Never/Seen+Again";
const FORMS = [CANARY, encodeURIComponent(CANARY), Buffer.from(CANARY).toString("base64").slice(0, -2)];
const DECLARED = digestOf("manifest"); // what plans of the examples pin
const price = { currency: "microcredits", amount: "10" };
const [ONE, TWO] = ["1".repeat(64), "2".repeat(64)];

let cluster: Cluster;
let folder: string;
let studio: Rig;
let agent: Server;
let databaseUrl: string;
let answer: RequestListener;
const seen: { headers: NodeJS.Dict<string | string[]> }[] = [];
const said: string[] = [];

beforeAll(async () => {
  cluster = await startCluster();
  folder = mkdtempSync(join(tmpdir(), "studio-canary-"));
});
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const { url, pool } = await cluster.database();
  databaseUrl = url;
  studio = rig(pool);
  await studio.open();
  const secrets = [{ name: "token", header: "X-Api-Key" }];
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, $2, $3, 'acme', 'outside', 'house', 'active')`,
    [reader, { title: "Reader", secrets, price }, DECLARED],
  );
  seen.length = 0;
  said.length = 0;
  agent = createServer((request, response) => {
    seen.push({ headers: request.headers });
    request.resume();
    request.on("end", () => answer(request, response));
  });
  agent.listen(0, "127.0.0.1");
  await once(agent, "listening");
});
afterEach(async () => {
  agent.closeAllConnections();
  agent.close();
  await studio.close();
});

function ringOf(...keys: string[]) {
  const file = join(folder, `${keys.length}-${keys[0]?.[0]}.key`);
  writeFileSync(file, keys.join("\n"), { mode: 0o600 });
  return keyRing(file);
}

/** Everything as the worker puts it together, with a log that is kept. */
async function drive(ring = ringOf(ONE)) {
  const { ports } = studio.portsWith();
  const { port } = agent.address() as AddressInfo;
  const agents = httpAgents({
    placeOf: registryPlaces(studio.pool),
    addresses: { house: `http://127.0.0.1:${port}` },
    secretsFor: secretsOfCalls(studio.pool, ring),
  });
  const progress = postgresProgress({ pool: studio.pool, failed: (problem) => said.push(String(problem)) });
  const log = (level: string, event: string, about: unknown) =>
    void said.push(`${level} ${event} ${JSON.stringify(about)}`);
  await studio.drive({ ...ports, agents, progress }, { log });
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const lines =
  (...each: unknown[]): RequestListener =>
  (_, response) =>
    void response
      .writeHead(200, { "content-type": "application/x-ndjson" })
      .end(each.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
const echo = (text: string) => ({ output: { text }, price, detail: {} });

/** Starts a run of one call, and hears everything that its screens are told, as SSE tells it. */
async function runs(owner: AccountId = eve): Promise<{ run: RunId; status: string }> {
  const run = await studio.start(planOf([callStep("a")]), undefined, { owner });
  const live = postgresLive({ pool: studio.pool, databaseUrl });
  for await (const news of live.follow({ run, after: 0 }, AbortSignal.timeout(20_000))) said.push(JSON.stringify(news));
  return { run, status: (await studio.finished(run)).status };
}

/** Where any form of the canary stands: tables by name, or what was said. */
async function leaks(): Promise<string[]> {
  const { rows } = await studio.pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  expect(rows.length).toBeGreaterThan(25);
  const found: string[] = [];
  for (const { name } of rows)
    for (const form of FORMS) {
      const { rowCount } = await studio.pool.query(`select from "${name}" t where strpos(t::text, $1) > 0 limit 1`, [
        form,
      ]);
      if (rowCount) found.push(name);
    }
  return [...found, ...said.filter((text) => FORMS.some((form) => text.includes(form)))];
}

test("regression 33: a secret goes out with the call, and stands in no table, log, receipt or stream, whatever the agent says", async () => {
  await agentSecrets(studio.pool, ringOf(ONE)).put(eve, { agent: "acme/reader", name: "token", value: CANARY });
  await drive();
  answer = json(200, echo("fine"));
  expect(await runs()).toMatchObject({ status: "succeeded" });
  expect(seen).toMatchObject([{ headers: { "x-api-key": CANARY } }]);

  const echoing: RequestListener[] = [
    json(200, echo(`Called with ${CANARY}.`)),
    json(200, { ...echo("fine"), output: { [CANARY]: true } }),
    json(200, { ...echo("fine"), detail: { header: CANARY } }),
    json(200, echo(Buffer.from(`x-api-key:${CANARY}`).toString("base64"))),
    json(500, { error: { code: "agent_failed", message: `Bad key ${CANARY}`, class: "permanent" } }),
    json(422, { error: { code: CANARY, message: `${"x".repeat(480)} ${CANARY}`, class: "business" } }),
    lines({ progress: { message: CANARY } }, `{"no": "${CANARY}"}`),
    lines({ status: 200, answer: echo(CANARY) }),
  ];
  for (answer of echoing) {
    const { run, status } = await runs();
    expect(status).toBe("failed");
    const journal = JSON.stringify(await studio.events(run), (_, value) =>
      typeof value === "bigint" ? `${value}` : value,
    );
    expect(journal).toContain("effect_refused");
    expect((await studio.audit(run)).state?.spent.amount).toBe(0n);
  }
  // What is said while it works may come letter by letter: of such a call it is not passed on at all.
  answer = lines({ progress: { message: CANARY } }, ...[...CANARY].map((delta) => ({ delta })), {
    status: 200,
    answer: echo("fine"),
  });
  expect(await runs()).toMatchObject({ status: "succeeded" });
  expect(seen).toHaveLength(2 + echoing.length);
  expect(await leaks()).toEqual([]);
}, 120_000);

test("an agent that needs a secret is not called for whoever has not given it, and the run says what is missing", async () => {
  await agentSecrets(studio.pool, ringOf(ONE)).put(eve, { agent: "acme/reader", name: "token", value: CANARY });
  const ann = await studio.person("ann");
  await drive();
  answer = json(200, echo("fine"));
  const { run, status } = await runs(ann);
  expect([status, seen.length]).toEqual(["failed", 0]);
  expect(await studio.events(run)).toContainEqual(
    expect.objectContaining({ code: "agent_refused", reason: expect.stringContaining("needs your token") }),
  );
});

test("secrets are listed without their values, replaced, taken away, and sealed anew under a new key", async () => {
  const kept = agentSecrets(studio.pool, ringOf(ONE));
  const token = { agent: "acme/reader", name: "token" };
  expect(await kept.list(eve)).toEqual([{ ...token, title: "Reader", header: "X-Api-Key", setAt: null }]);
  expect([await kept.isNeeded(eve, token), await kept.isNeeded(eve, { ...token, name: "other" })]).toEqual([
    true,
    false,
  ]);
  await kept.put(eve, { ...token, value: "first-value" });
  await kept.put(eve, { ...token, value: CANARY });
  expect(await kept.list(eve)).toMatchObject([{ ...token, setAt: expect.any(Date) }]);
  expect(JSON.stringify(await kept.list(eve))).not.toContain(CANARY);

  expect(await resealAll(studio.pool, ringOf(TWO, ONE))).toBe(1);
  expect(await resealAll(studio.pool, ringOf(TWO))).toBe(0);
  await drive(ringOf(TWO));
  answer = json(200, echo("fine"));
  expect(await runs()).toMatchObject({ status: "succeeded" });
  expect(seen).toMatchObject([{ headers: { "x-api-key": CANARY } }]);

  expect(await kept.remove(await studio.person("ann"), token)).toBe(false);
  expect([await kept.remove(eve, token), await kept.remove(eve, token)]).toEqual([true, false]);
  expect(await leaks()).toEqual([]);
});
