import { randomUUID } from "node:crypto";
import { generateKeyPairSigner } from "@solana/kit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunId } from "@/flows/basics/ids";
import { eachWithRig } from "@/server/drivers/postgres/fresh-rig.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { BASE, callsOf, type EscrowChain, escrowRig, runNamed, startEscrowChain } from "./escrow-rig.contract";

let place: EscrowChain;
let studio: Rig;
let rig: Awaited<ReturnType<typeof escrowRig>>;
beforeAll(async () => {
  place = await startEscrowChain();
});
afterAll(() => place.stop());
eachWithRig((fresh) => {
  studio = fresh;
});
beforeEach(async () => {
  rig = await escrowRig(studio, place);
});

const PLAN = callsOf(2);
const DAY = 86_400;

/** A run that has ended and earned its payee something, of which nothing is on the chain yet. */
async function owing(): Promise<RunId> {
  const run = runNamed(randomUUID());
  await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "open");
  await studio.drive(rig.ports);
  await rig.start(run, PLAN);
  await studio.finished(run);
  return run;
}

/** Moves the chain to so many seconds after (or before) the expiry of a run's escrow. */
async function atExpiry(run: RunId, seconds: number): Promise<void> {
  const expiry = (await rig.desk.ofRun(eve, run))?.terms.expiry ?? 0;
  const { unixTimestamp } = await place.call<{ unixTimestamp: number }>("studio_chain");
  await place.later(expiry + seconds - unixTimestamp);
}

const soon = () => rig.pool.query("update chain_intent set due_at = now() where due_at is not null");
async function carryOn(rounds = 4): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await soon();
    await rig.rail.carry();
  }
}

const closing = async (run: RunId) =>
  (
    await rig.pool.query("select debit, credit, amount from ledger_transfer where operation = $1 order by leg", [
      `${run}/chain/closed`,
    ])
  ).rows;

test("an escrow whose settlement missed settle-by is closed after the expiry, and the ledger pays nobody", async () => {
  const [payer, payee] = [await place.tokens(place.payer.address), await place.tokens(place.publisher.address)];
  const run = await owing();
  await atExpiry(run, -DAY); // settle-by is over, the expiry is not
  await carryOn();
  expect(await rig.stands(run)).toBe("open");
  expect(rig.said.some((line) => line.includes("settle_by_passed"))).toBe(true);
  await atExpiry(run, 60);
  await soon();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.payer.address)).toBe(payer);
  expect(await place.tokens(place.publisher.address)).toBe(payee);
  expect((await rig.pool.query("select settled_at from escrow where run_id = $1", [run])).rows).toEqual([
    { settled_at: null },
  ]);
  await place.pass(10);
  await rig.rail.readOn();
  expect(await closing(run)).toEqual([
    { debit: "main:acme:usdc_base", credit: `escrow:${run}`, amount: String(2n * BASE) },
    { debit: `escrow:${run}`, credit: "source:usdc_base", amount: String(2n * BASE) },
  ]);
  expect((await rig.pool.query("select from settlement where run_id = $1", [run])).rowCount).toBe(0);
});

test("a worker whose settler's key is another by now records nothing, and closes after the expiry", async () => {
  const payer = await place.tokens(place.payer.address);
  const run = await owing();
  const settler = await generateKeyPairSigner();
  rig = await escrowRig(studio, place, { settler });
  await carryOn();
  expect(rig.said.filter((line) => line.startsWith("chain_intent_broke"))).toEqual([]);
  expect(rig.said.some((line) => line.includes("close_too_early"))).toBe(true);
  expect(await rig.stands(run)).toBe("open");
  await atExpiry(run, 60);
  await soon();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.payer.address)).toBe(payer);
});
