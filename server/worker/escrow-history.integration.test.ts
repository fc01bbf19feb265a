import { expect, test } from "vitest";
import type { RunId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { ReceiptFile } from "@/flows/receipts/receipt-file";
import { verifyReceipts } from "@/flows/receipts/verify";
import { readOn } from "@/server/adapters/escrow/indexer";
import type { History } from "@/server/adapters/escrow/rpc-history";
import { rpcHistory } from "@/server/adapters/escrow/rpc-history";
import { key, type Rig } from "@/server/drivers/postgres/rig.contract";
import { forgetChain } from "@/server/launch/forget-chain.mjs";
import { checkOnChain } from "@/server/verify/on-chain";
import { eachOnChain, endedRun } from "./each-on-chain.contract";
import { BASE, callsOf, type EscrowChain, type EscrowRig } from "./escrow-rig.contract";

let place: EscrowChain;
let studio: Rig;
let rig: EscrowRig;
eachOnChain((on) => {
  ({ place, studio, rig } = on);
});

/** As the operator's command does it, and the worker after it. */
async function readAnew(): Promise<number> {
  const client = await rig.pool.connect();
  await forgetChain(client);
  client.release();
  expect(await rows()).toEqual([]);
  return rig.rail.readOn();
}

const PLAN = callsOf(2);

async function paid(): Promise<RunId> {
  const run = await endedRun({ studio, rig }, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "closed");
  await place.pass(10); // what landed is final
  return run;
}

const rows = async () =>
  (
    await rig.pool.query(
      "select signature, place, slot, kind, escrow, event, at from chain_event order by slot, signature, place",
    )
  ).rows;
const balance = async (id: string) =>
  BigInt(
    (await rig.pool.query<{ balance: string }>("select balance::text from ledger_account where id = $1", [id])).rows[0]
      ?.balance ?? -1,
  );

test("what the program said is read in order, the ledger follows what left the chain, and reading again changes nothing", async () => {
  const run = await paid();
  expect(await balance("main:acme:usdc_base")).toBe(2n * BASE);
  expect(await rig.rail.readOn()).toBeGreaterThanOrEqual(2);
  const { escrow } = (await rig.desk.ofRun("eve" as never, run))?.terms ?? { escrow: "" };
  const own = (await rows()).filter((row) => row.escrow === escrow);
  expect(own.map(({ kind }) => kind)).toEqual(["opened", "settled", "released", "closed"]);
  for (const account of ["main:acme:usdc_base", `escrow:${run}`, `held:${run}/reserve`])
    expect(await balance(account)).toBe(0n);
  const before = await rows();
  expect(await rig.rail.readOn()).toBe(0);
  expect(await rows()).toEqual(before);
});

test("dropped and read again, it is row for row what it was, and the ledger has moved once", async () => {
  await paid();
  await paid();
  await rig.rail.readOn();
  const before = await rows();
  const moves = async () =>
    (await rig.pool.query("select operation, leg, amount from ledger_transfer order by id")).rows;
  const moved = await moves();
  expect(await readAnew()).toBeGreaterThanOrEqual(4);
  expect(await rows()).toEqual(before);
  expect(await moves()).toEqual(moved);
});

test("pages that get lost, a server that is behind and two readers at once leave no gap and nothing twice", async () => {
  await paid();
  await paid();
  const { program, urls } = rig.settings;
  const whole = rpcHistory({ urls, program });
  let told = 0;
  const flaky: History = {
    // Pages of two, and every fifth one is lost.
    async signatures(page) {
      told += 1;
      if (told % 5 === 0) throw new Error("lost");
      return (await whole.signatures(page)).slice(0, 2);
    },
    // Each transaction is not there yet when it is first asked for.
    async told(signature) {
      told += 1;
      return told % 3 === 0 ? null : whole.told(signature);
    },
  };
  const options = { pool: rig.pool, program };
  for (let round = 0; round < 200; round++)
    await Promise.all([flaky, flaky].map((history) => readOn({ ...options, history }).catch(() => 0)));
  const pieced = await rows();
  await readAnew();
  expect(pieced).toEqual(await rows());
  expect(pieced.length).toBeGreaterThanOrEqual(8);
});

test("receipts carry the transaction and the root: anybody can hold them against the chain, and a changed one fails", async () => {
  const run = await paid();
  await rig.rail.readOn();
  const { rows: receipts } = await rig.pool.query(
    `select place, body, hash, signature, key_id as "keyId" from receipt where run_id = $1 order by place`,
    [run],
  );
  const { rows: settlements } = await rig.pool.query(
    `select body, hash, signature, key_id as "keyId" from settlement where run_id = $1`,
    [run],
  );
  const file: ReceiptFile = {
    version: 1,
    run,
    plan: PLAN,
    receipts,
    keys: { [key.id]: key.publicKey },
    settlement: settlements[0],
  };
  const verdict = verifyReceipts(file, { trustedKeys: [key.publicKey] });
  expect(verdict.failed).toEqual([]);
  expect(verdict.proved).toContain("Each payee earned on chain what the receipts say, to the last unit.");
  const held = await checkOnChain(file, place.chain.rpcUrl);
  expect(held.map(({ holds }) => holds)).toEqual([true, true]);

  const other = await paid();
  await rig.rail.readOn();
  const { rows: theirs } = await rig.pool.query(
    `select body, hash, signature, key_id as "keyId" from settlement where run_id = $1`,
    [other],
  );
  expect(verifyReceipts({ ...file, settlement: theirs[0] }).failed).not.toEqual([]);
  const body = { ...JSON.parse(settlements[0].body), root: digestOf("another") };
  const forged = { ...file, settlement: { ...settlements[0], body: JSON.stringify(body) } };
  expect((await checkOnChain(forged, place.chain.rpcUrl)).some(({ holds }) => holds)).toBe(true);
  expect((await checkOnChain(forged, place.chain.rpcUrl)).every(({ holds }) => holds)).toBe(false);
});
