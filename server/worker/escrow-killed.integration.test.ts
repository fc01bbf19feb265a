import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FlowId, type RunId } from "@/flows/basics/ids";
import { compile } from "@/flows/compile/compile";
import { fundingOf } from "@/flows/escrow/funding";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { catalog } from "@/flows/nodes/catalog";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, rig } from "@/server/drivers/postgres/rig.contract";
import { build, bundleFile } from "@/server/launch/build.mjs";
import { type EscrowChain, escrowRig, runNamed, startEscrowChain, walletSigns } from "./escrow-rig.contract";
import { oneCall } from "./one-call.contract";

const GATE = 4_020_777;
const SECRET = "5".repeat(64);
const PRICE = 4_000n; // 400,000 microcredits
const document = oneCall("calls", "studio/summariser@1.0.0");

let cluster: Cluster;
let database: Awaited<ReturnType<Cluster["database"]>>;
let place: EscrowChain;
let folder: string;
let agent: Server;
const asked: string[] = [];
const children = new Set<ChildProcess>();

beforeAll(async () => {
  await build({ pages: false, bundles: ["worker"] });
  cluster = await startCluster();
  database = await cluster.database();
  place = await startEscrowChain({ slotMs: 1_000, finalizedAfter: 2 }); // what a wallet signed outlives the workers that die
  folder = mkdtempSync(join(tmpdir(), "studio-killed-"));
  agent = createServer((request, response) => {
    asked.push(String(request.headers["idempotency-key"]));
    request.resume();
    const price = { currency: "microcredits", amount: "400000" };
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ output: { summary: "short" }, price, detail: {} }));
  });
  agent.listen(0, "127.0.0.1");
  await once(agent, "listening");
}, 120_000);
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  agent.close();
  await place.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const written = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
};

async function startWorker(): Promise<ChildProcess> {
  const { chain } = place;
  const { port } = agent.address() as AddressInfo;
  const env = {
    ...{ PATH: "/usr/bin:/bin", NODE_ENV: "production" as const, DATABASE_URL: database.url, STUDIO_DATA: folder },
    ...{ STUDIO_URL: "http://127.0.0.1:1", AGENTS_URL: `http://127.0.0.1:${port}`, NEXTAUTH_SECRET: SECRET },
    ...{
      RECEIPT_KEY_FILE: written("receipt.key", SECRET),
      SOLANA_RPC_URL: chain.rpcUrl,
      ESCROW_PROGRAM: chain.escrowProgram,
    },
    ...{
      USDC_MINT: chain.usdcMint,
      ESCROW_ARBITER: chain.keys.arbiter.address,
      HOUSE_WALLET: chain.keys.house.address,
    },
    SPONSOR_KEY_FILE: written("sponsor.key", seedFile("sponsor")),
    SETTLER_KEY_FILE: written("settler.key", seedFile("settler")),
  };
  const child = spawn(process.execPath, [bundleFile("worker")], { env, stdio: ["ignore", "ignore", "pipe"] });
  children.add(child);
  child.stderr?.on("data", (chunk: Buffer) => said.push(String(chunk)));
  return child;
}

const said: string[] = [];

/** Stops whoever is about to write that an intent has come this far, as long as the gate is held. */
async function gateAt(kind: string, stands: string): Promise<void> {
  await database.pool.query(`create or replace function gate() returns trigger language plpgsql as $$ begin
    if NEW.kind = '${kind}' and NEW.stands = '${stands}' and OLD.stands <> '${stands}' then
      perform pg_advisory_xact_lock_shared(${GATE});
    end if; return NEW; end $$`);
}

async function isSomebodyAtTheGate(): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    "select from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
    [GATE],
  );
  return (rowCount ?? 0) > 0;
}

test("kill -9 of the worker at every chain state: one transfer on chain", async () => {
  const { pool } = database;
  const studio = rig(pool);
  await studio.open();
  for (const { payee: _, publisher: __, digest, ...declared } of sampleManifests.values())
    await pool.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state) values ($1, $2, $3, 'studio', 'house', 'house', 'active')`,
      [
        declared.agent,
        JSON.parse(JSON.stringify(declared, (_, each) => (typeof each === "bigint" ? String(each) : each))),
        digest,
      ],
    );
  await pool.query("insert into flow (id, owner_id, name, document) values ('calls', 'eve', 'Calls', $1)", [document]);
  const manifests = new Map(
    [...sampleManifests].map(([id, manifest]) => [
      id,
      { ...manifest, payee: "studio" as never, publisher: "house" as const },
    ]),
  );
  const compiled = compile(document, { kinds: catalog, manifests });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const { plan, hash } = compiled.value;
  const funding = fundingOf(plan);
  if (!funding.ok) throw new Error(funding.error.code);
  const escrows = await escrowRig(studio, place);
  const run: RunId = runNamed(randomUUID());
  const before = {
    house: await place.tokens(place.chain.keys.house.address),
    payer: await place.tokens(place.payer.address),
  };
  const start = { flow: FlowId.parse("calls"), input: { text: "A long text." } };
  const offer = await escrows.desk.offer({
    run,
    owner: eve,
    wallet: place.payer.address,
    plan: hash,
    windowSeconds: 0,
    start,
    ...funding.value,
  });
  if (!offer.ok) throw new Error(JSON.stringify(offer.error));
  const { intent, transaction } = offer.value;
  const handed = await escrows.desk.submit({ owner: eve, intent, signed: await walletSigns(transaction, place.payer) });
  expect(handed).toMatchObject({ ok: true });

  await gateAt("none", "none");
  await pool.query("create trigger gate before update on chain_intent for each row execute function gate()");
  for (const kind of ["open", "settle"])
    for (const stands of ["reserved", "signed", "submitted", "confirmed"]) {
      await gateAt(kind, stands);
      const gatekeeper = await pool.connect();
      await gatekeeper.query("select pg_advisory_lock($1)", [GATE]);
      await pool.query("update chain_intent set due_at = now() where due_at is not null and stands <> 'confirmed'"); // its claim is over
      const child = await startWorker();
      await expect
        .poll(isSomebodyAtTheGate, { timeout: 60_000, message: `${kind} ${stands} ${said.slice(-5).join()}` })
        .toBe(true);
      child.kill("SIGKILL");
      await once(child, "exit");
      await letGo(gatekeeper);
    }
  await gateAt("none", "none");
  await pool.query("update chain_intent set due_at = now() where due_at is not null");
  await pool.query("update run set wake_at = now() where finished_at is null");
  const last = await startWorker();
  await expect.poll(() => escrows.stands(run), { timeout: 90_000 }).toBe("closed");
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: String(PRICE) });
  const told = async () => (await pool.query("select from settlement where run_id = $1", [run])).rowCount;
  await expect.poll(told, { timeout: 60_000 }).toBe(1);
  last.kill("SIGTERM");
  await once(last, "exit");
  expect(await place.tokens(place.chain.keys.house.address)).toBe(before.house + PRICE);
  expect(await place.tokens(place.payer.address)).toBe(before.payer - PRICE);
  expect(new Set(asked).size).toBe(1);
  expect(await escrows.transactions()).toHaveLength(3); // the program's configuration, the opening and the settlement
}, 400_000);

async function letGo(gatekeeper: PoolClient): Promise<void> {
  await gatekeeper.query("select pg_advisory_unlock($1)", [GATE]);
  gatekeeper.release();
}

/** The local chain's own keys lie in its folder. */
function seedFile(name: "sponsor" | "settler"): string {
  return readFileSync(join(place.folder, "keys", `${name}.key`), "utf8");
}
