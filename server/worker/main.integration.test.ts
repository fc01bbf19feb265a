import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunId } from "@/flows/basics/ids";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { reader, rig } from "@/server/drivers/postgres/rig.contract";
import { build, bundleFile } from "@/server/launch/build.mjs";

let cluster: Cluster;
let folder: string;
beforeAll(async () => {
  await build({ pages: false, bundles: ["worker"] });
  cluster = await startCluster();
  folder = mkdtempSync(join(tmpdir(), "studio-worker-"));
}, 120_000);
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const SECRET = "5".repeat(64);

type Database = Awaited<ReturnType<Cluster["database"]>>;

async function startWorker(more: Record<string, string> = {}, database?: Database) {
  const { url, pool } = database ?? (await cluster.database());
  const env = {
    PATH: "/usr/bin:/bin",
    NODE_ENV: "production" as const,
    DATABASE_URL: url,
    STUDIO_DATA: folder,
    STUDIO_URL: "http://127.0.0.1:1",
    AGENTS_URL: "http://127.0.0.1:1",
    NEXTAUTH_SECRET: SECRET,
    ...more,
  };
  const child = spawn(process.execPath, [bundleFile("worker")], { env, stdio: ["ignore", "pipe", "pipe"] });
  return { pool, child, out: said(child, "stdout"), log: said(child, "stderr") };
}

/** Collects what a process says, as it says it. */
function said(child: ChildProcess, stream: "stdout" | "stderr") {
  const chunks: string[] = [];
  child[stream]?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  return { text: () => chunks.join("") };
}

function keyFile(): Record<string, string> {
  const file = join(folder, "receipt.key");
  writeFileSync(file, SECRET, { mode: 0o600 });
  return { RECEIPT_KEY_FILE: file };
}

test("a worker says ready once it takes runs, shows that it lives, publishes its key, and ends when it is asked to", async () => {
  const { pool, child, out, log } = await startWorker(keyFile());
  await expect.poll(out.text, { timeout: 20_000 }).toBe("ready\n");
  const alive = await pool.query("select id, now() - seen_at < interval '10 seconds' as fresh from heartbeat");
  expect(alive.rows).toEqual([{ id: `worker:${child.pid}`, fresh: true }]);
  const keys = await pool.query("select length(id) as id, length(public_key) as key from receipt_key");
  expect(keys.rows).toEqual([{ id: 16, key: 64 }]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(log.text()).not.toContain(SECRET);
  expect((await pool.query("select 1 from heartbeat")).rowCount).toBe(0);
});

/** An agent that says when it is asked, and answers when it is told to. */
async function startAgent() {
  const asked: string[] = [];
  let answer = () => {};
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const server = createServer((request, response) => {
    asked.push(String(request.headers["idempotency-key"]));
    request.resume();
    void told.then(() => {
      const price = { currency: "microcredits", amount: "10" };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ output: {}, price, detail: {} }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { asked, answer: () => answer(), url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

test("SIGTERM lets a call under way end and be journalled, begins no other, and leaves every run to the next worker", async () => {
  const database = await cluster.database();
  const studio = rig(database.pool);
  await studio.open();
  await studio.pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'house', 'active')`,
    [reader, digestOf("manifest")],
  );
  const agent = await startAgent();
  const told = { ...keyFile(), AGENTS_URL: agent.url, CALLS_PER_AGENT: "1" };
  const first = await startWorker(told, database);
  await expect.poll(first.out.text, { timeout: 20_000 }).toBe("ready\n");
  const plan = planOf([callStep("a"), callStep("b", [{ step: 0, port: "done" }])]);
  const runs = await Promise.all([studio.start(plan), studio.start(plan)]);
  await expect.poll(() => agent.asked.length, { timeout: 10_000 }).toBe(1);
  const [operation = ""] = agent.asked;

  first.child.kill("SIGTERM");
  const held = () => studio.pool.query("select id from run where lease_until is not null").then(({ rows }) => rows);
  await expect.poll(held, { timeout: 5_000 }).toEqual([{ id: operation.split("/")[0] }]);
  agent.answer();
  expect(await once(first.child, "exit")).toEqual([0, null]);
  expect(agent.asked).toEqual([operation]);
  expect(await held()).toEqual([]);
  const journal = await studio.events(RunId.parse(operation.split("/")[0]));
  expect(journal.at(-1)).toMatchObject({ type: "call_delivered", operation });

  const next = await startWorker(told, database);
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  expect(new Set(agent.asked).size).toBe(agent.asked.length);
  next.child.kill("SIGTERM");
  await once(next.child, "exit");
  agent.stop();
}, 60_000);

test("a worker without a key ends with one sentence that says what is missing", async () => {
  const { child, log, out } = await startWorker();
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(log.text()).toContain("The worker signs receipts: set RECEIPT_KEY_FILE to the file with its key.");
  expect(out.text()).toBe("");
});

test("a variable that is wrong is named, and its value is not", async () => {
  const { child, log } = await startWorker({ NEXTAUTH_SECRET: "hush", ...keyFile() });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(log.text()).toContain("NEXTAUTH_SECRET");
  expect(log.text()).not.toContain("hush");
});
