import { randomUUID } from "node:crypto";
import { type Address, generateKeyPairSigner } from "@solana/kit";
import { getCloseAccountInstruction, getTransferInstruction } from "@solana-program/token";
import { expect, test } from "vitest";
import { OperationId, type RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import type { ChainPort } from "@/flows/ports/chain";
import { mirrorClosing } from "@/server/adapters/escrow/mirror-closing";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain, endedRun } from "./each-on-chain.contract";
import {
  acme,
  BASE,
  callsOf,
  type EscrowChain,
  type EscrowRig,
  escrowRig,
  runNamed,
  sentTo,
} from "./escrow-rig.contract";

let place: EscrowChain;
let studio: Rig;
let rig: EscrowRig;
eachOnChain((on) => {
  ({ place, studio, rig } = on);
});

const PLAN = callsOf(2);
const DAY = 86_400;

const owing = () => endedRun({ studio, rig }, PLAN);

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

const releases = async (run: RunId) => (await rig.intents(run)).filter(({ kind }) => kind === "release");

test("a payee whose account takes no tokens is waited for, and half a year after the expiry the rest returns", async () => {
  const payee = await place.wallet();
  await place.give(payee.address, 5n);
  rig.wallets.set(acme, payee.address);
  const payer = await place.tokens(place.payer.address);
  const run = await owing();
  const terms = (await rig.desk.ofRun(eve, run))?.terms;
  const account = terms?.lines[0]?.account as Address;
  const payerAccount = terms?.source as Address;
  await sentTo(
    place,
    [
      getTransferInstruction({ source: account, destination: payerAccount, authority: payee, amount: 5n }),
      getCloseAccountInstruction({ account, destination: payee.address, owner: payee }),
    ],
    payee,
  );
  await rig.until(async () => (await rig.stands(run)) === "settled");
  await atExpiry(run, 60);
  await carryOn();
  expect(await rig.stands(run)).toBe("settled");
  await atExpiry(run, 180 * DAY + 60);
  await soon();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.payer.address)).toBe(payer + 5n);
});

test("a release that nothing can change soon is tried ever more rarely, up to once an hour", async () => {
  rig = await escrowRig(studio, place, { settings: { windowSeconds: 3_600 } });
  const run = await owing();
  await rig.until(async () => (await rig.stands(run)) === "settled");
  await rig.pool.query("update chain_intent set tries = 40, due_at = now() where run_id = $1 and kind = 'release'", [
    run,
  ]);
  await rig.until(async () => (await releases(run)).some(({ stands }) => stands === "reserved"));
  await rig.pool.query("update chain_intent set tries = 40, due_at = now() where run_id = $1 and kind = 'release'", [
    run,
  ]);
  await rig.rail.carry();
  const { rows } = await rig.pool.query<{ s: number }>(
    "select extract(epoch from due_at - now())::float8 as s from chain_intent where run_id = $1 and kind = 'release'",
    [run],
  );
  expect(rows[0]?.s).toBeGreaterThan(3_000);
});

test("a server that shows no account ends no release; finalized history that says it is closed does", async () => {
  let blind = false;
  const chain = (port: ChainPort): ChainPort => ({
    ...port,
    account: async (address) => (blind ? { ok: true, value: null } : port.account(address)),
  });
  rig = await escrowRig(studio, place, { settings: { windowSeconds: 3_600 }, chain });
  const run = await owing();
  await rig.until(async () => (await rig.stands(run)) === "settled");
  await place.later(3_700);
  blind = true;
  await carryOn();
  expect((await releases(run)).map(({ stands }) => stands)).toEqual(["reserved"]);
  blind = false;
  await soon();
  await rig.until(async () => (await rig.stands(run)) === "closed");
});

test("what a reservation gives back after its escrow has gone leaves no money in a purse that is not there", async () => {
  const run = runNamed(randomUUID());
  const { terms } = await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "open");
  const { credits } = rig.ports;
  const operation = OperationId.parse(`${run}/reserve`);
  const reserved = await credits.reserve({ operation, payer: eve, amount: money("usdc_base", terms.cap) });
  expect(reserved).toMatchObject({ ok: true });
  const client = await rig.pool.connect();
  await mirrorClosing(client, run);
  client.release();
  const release = { operation: OperationId.parse(`${run}/release`), reservation: operation };
  expect(await credits.release(release)).toMatchObject({ ok: true });
  const { rows } = await rig.pool.query(
    "select id, balance::text from ledger_account where currency = 'usdc_base' and balance <> 0",
  );
  expect(rows.filter(({ id }) => id !== "source:usdc_base")).toEqual([]);
});
