import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import { notedRegistrations } from "@/server/adapters/registrations/noted";
import { startedChain } from "@/server/adapters/registrations/registering.contract";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { reader, rig } from "@/server/drivers/postgres/rig.contract";
import { build, bundleFile } from "@/server/launch/build.mjs";

const SECRET = "5".repeat(64);
const folder = mkdtempSync(join(tmpdir(), "studio-registered-"));
const workers: ChildProcess[] = [];
let cluster: Cluster;
let place: Awaited<ReturnType<typeof startedChain>>;
beforeAll(async () => {
  await build({ pages: false, bundles: ["worker"] });
  [cluster, place] = await Promise.all([startCluster(), startedChain()]);
}, 120_000);
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await place.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A run of one call by a worker of its own, of an agent that is registered on the chain and noted. */
async function run(prepare: (registration: Awaited<ReturnType<typeof place.registered>>) => Promise<void>) {
  const { url, pool } = await cluster.database();
  const studio = rig(pool);
  await studio.open();
  const manifest = digestOf("manifest");
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'house', 'active')`,
    [reader, manifest],
  );
  const registration = await place.registered(reader.split("@")[0] ?? reader, manifest);
  await notedRegistrations(pool).note(reader, await registration.noted());
  await prepare(registration);
  const asked: string[] = [];
  const agent = createServer((request, response) => {
    asked.push(String(request.headers["idempotency-key"]));
    const price = { currency: "microcredits", amount: "10" };
    request.resume();
    response.setHeader("content-type", "application/json").end(JSON.stringify({ output: {}, price, detail: {} }));
  });
  agent.listen(0, "127.0.0.1");
  await once(agent, "listening");
  const keyFile = join(folder, "receipt.key");
  writeFileSync(keyFile, SECRET, { mode: 0o600 });
  const env = {
    ...{ PATH: "/usr/bin:/bin", NODE_ENV: "production" as const, DATABASE_URL: url, STUDIO_DATA: folder },
    ...{ STUDIO_URL: "http://127.0.0.1:1", NEXTAUTH_SECRET: SECRET, RECEIPT_KEY_FILE: keyFile },
    AGENTS_URL: `http://127.0.0.1:${(agent.address() as AddressInfo).port}`,
    SOLANA_RPC_URL: place.chain.rpcUrl,
  };
  workers.push(spawn(process.execPath, [bundleFile("worker")], { env, stdio: "ignore" }));
  const id = await studio.start(planOf([callStep("a")]));
  const finished = await studio.finished(id);
  agent.close();
  return {
    finished,
    asked,
    journal: JSON.stringify(await studio.events(id), (_, one) => (typeof one === "bigint" ? `${one}` : one)),
  };
}

test("a worker calls an agent that the chain has as it was noted, and not one that was suspended there", async () => {
  const active = await run(async () => {});
  expect(active.finished).toMatchObject({ status: "succeeded", spent: "10" });
  expect(active.asked.length).toBe(1);
  const suspended = await run(({ move }) => move("version", "suspended"));
  expect(suspended.finished).toMatchObject({ status: "failed", spent: "0" });
  expect(suspended.journal).toContain(`state_refused: ${reader} is suspended on the chain`);
  expect(suspended.asked).toEqual([]);
}, 60_000);
