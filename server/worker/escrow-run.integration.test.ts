import { randomUUID } from "node:crypto";
import type { Address } from "@solana/kit";
import { expect, test } from "vitest";
import { AccountId, type OperationId, type RunId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { extend, topUp } from "@/programs/clients/escrow-instructions";
import { extensionOf } from "@/server/adapters/escrow/extending";
import { unsigned } from "@/server/adapters/escrow/messages";
import { expectSound } from "@/server/drivers/postgres/fresh-rig.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain, endedRun } from "./each-on-chain.contract";
import {
  BASE,
  callsOf,
  type EscrowChain,
  type EscrowRig,
  escrowRig,
  runNamed,
  sentTo,
  walletSigns,
} from "./escrow-rig.contract";

let place: EscrowChain;
let studio: Rig;
let rig: EscrowRig;
eachOnChain((on) => {
  ({ place, studio, rig } = on);
});

const fresh = () => runNamed(`run-${randomUUID()}`);

test.each([1, 4])(
  "a run on escrow of %i calls takes two transactions: the agent is paid, and the rest and the rent return",
  async (calls) => {
    const run = fresh();
    const plan = callsOf(calls);
    const before = {
      payer: await place.tokens(place.payer.address),
      acme: await place.tokens(place.publisher.address),
      seen: (await rig.transactions()).length,
    };
    await rig.fund(run, plan);
    await rig.until(async () => (await rig.stands(run)) === "open");
    expect(await place.tokens(place.payer.address)).toBe(before.payer - BASE * BigInt(calls));
    await studio.drive(rig.ports);
    await rig.start(run, plan);
    expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: String(BASE * BigInt(calls)) });
    await rig.until(async () => (await rig.stands(run)) === "closed");
    expect(await place.tokens(place.publisher.address)).toBe(before.acme + BASE * BigInt(calls));
    expect((await rig.transactions()).length - before.seen).toBe(2);
    expect((await rig.intents(run)).map(({ kind, stands }) => `${kind} ${stands}`)).toEqual([
      "open confirmed",
      "settle confirmed",
    ]);
    await expectSound(studio, run);
  },
);

test("a wallet that signs something else, or somebody else who signs, is refused", async () => {
  const run = fresh();
  const offer = await rig.offer(run, callsOf(1));
  if (!offer.ok) throw new Error(offer.error.code);
  const { intent, transaction } = offer.value;
  const owner = eve;
  const unsigned = await rig.desk.submit({ owner, intent, signed: transaction });
  expect(unsigned).toMatchObject({ error: { code: "signature_unfit" } });
  const other = await rig.offer(fresh(), callsOf(2));
  if (!other.ok) throw new Error(other.error.code);
  const elsewhere = await walletSigns(other.value.transaction, place.payer);
  expect(await rig.desk.submit({ owner, intent, signed: elsewhere })).toMatchObject({
    error: { code: "signature_unfit" },
  });
});

const PLAN = callsOf(1);
const WEEK = 7 * 86_400;

async function openRun(): Promise<RunId> {
  const run = runNamed(randomUUID());
  await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "open");
  return run;
}

async function termsOf(run: RunId): Promise<EscrowTerms> {
  const found = await rig.desk.ofRun(eve, run);
  if (!found) throw new Error("no escrow");
  return found.terms;
}

async function offered(run: RunId) {
  const offer = await rig.desk.extend({ owner: eve, run });
  if (!offer.ok) throw new Error(offer.error.code);
  return offer.value;
}

const handedIn = async ({ intent, transaction }: Awaited<ReturnType<typeof offered>>) =>
  rig.desk.submit({ owner: eve, intent, signed: await walletSigns(transaction, place.payer) });

const intentOf = async (run: RunId, id: OperationId) => (await rig.intents(run)).find(({ intent }) => intent === id);
const isOver = (run: RunId, id: OperationId) => async () =>
  ["confirmed", "refused", "expired"].includes((await intentOf(run, id))?.stands ?? "");

const lamports = async () =>
  (await place.call<{ value: number }>("getBalance", place.payer.address, { commitment: "confirmed" })).value;

test("a payer's wallet gives a run a week more: it counts once it is final, the sponsor pays, and nothing else of the terms moves", async () => {
  const run = await openRun();
  const [before, paid] = [await termsOf(run), await lamports()];
  const later = { settleBy: before.settleBy + WEEK, expiry: before.expiry + WEEK };
  const offer = await offered(run);
  expect(offer).toMatchObject({ ...later, payer: place.payer.address });
  expect(await handedIn(offer)).toMatchObject({ ok: true });
  await rig.until(async () => (await intentOf(run, offer.intent))?.stands === "confirmed");
  expect(await termsOf(run)).toEqual(before); // until finalized history says so
  expect(await lamports()).toBe(paid);

  await rig.pool.query("update escrow set settle_by = now() + interval '5 minutes' where run_id = $1", [run]);
  await place.pass(10);
  await rig.rail.readOn();
  expect(await termsOf(run)).toEqual({ ...before, ...later });
  expect(await rig.rail.giveBack()).toBe(0); // the run has its time: nothing is settled before it ends
});

test("time given by a client of the payer's own counts in the same way, money that is added does not", async () => {
  const run = await openRun();
  const before = await termsOf(run);
  const at = { program: before.program as Address, escrow: before.escrow as Address, payer: place.payer.address };
  const later = { settleBy: before.settleBy, expiry: before.expiry + 60 };
  const vault = { vault: before.vault as Address, mint: before.mint as Address, source: before.source as Address };
  const more = topUp({ ...at, ...vault, amount: 5_000n, raises: [{ line: 0, amount: 5_000n }] });
  const extended = extend({ ...at, settleBy: BigInt(later.settleBy), expiry: BigInt(later.expiry) });
  await sentTo(place, [more, extended], place.payer);
  await place.pass(10);
  await rig.rail.readOn();
  expect(await termsOf(run)).toEqual({ ...before, ...later });
});

test("only the payer gives time, to an escrow whose run goes on, and the sponsor counts what it pays for it", async () => {
  const ended = await endedRun({ studio, rig }, PLAN);
  await rig.rail.started(ended, null);
  const none = (run: RunId) => ({ ok: false, error: { code: "nothing_to_extend", run } });
  expect(await rig.desk.extend({ owner: eve, run: ended })).toEqual(none(ended));
  const run = await openRun();
  expect(await rig.desk.extend({ owner: AccountId.parse("mallory"), run })).toEqual(none(run));
  rig = await escrowRig(studio, place, { settings: { sponsorShareLamports: 0n } });
  const first = await offered(run);
  const second = await offered(run);
  expect(await handedIn(first)).toMatchObject({ error: { code: "intent_expired" } });
  await handedIn(second);
  await rig.until(isOver(run, second.intent));
  expect(await intentOf(run, second.intent)).toMatchObject({ stands: "refused", reason: "sponsor_share_spent" });
});

type Kept = { settleBy: number; expiry: number; limits: object; program: string };

test.each<[string, Partial<Kept>]>([
  ["other times than were signed", { expiry: 2_000_000_000 }],
  ["a call of another program", { program: SYSTEM_PROGRAM }],
  ["a price above the ceiling", { limits: { computeUnits: 20_000, price: "100001" } }],
])("the worker's sponsor signs no extension that the database alone says was handed in: %s", async (_, change) => {
  const run = await openRun();
  const [offer, terms] = [await offered(run), await termsOf(run)];
  const { rows } = await rig.pool.query<{ body: string }>("select body from chain_intent where id = $1", [
    offer.intent,
  ]);
  const kept = JSON.parse(rows[0]?.body ?? "") as Kept & { blockhash: string; limits: { computeUnits: number } };
  const program = change.program ?? terms.program;
  await rig.pool.query("update escrow set terms = replace(terms, $2, $3) where run_id = $1", [
    run,
    terms.program,
    program,
  ]);
  const transaction = unsigned({
    ...{ version: 0, feePayer: terms.sponsor as Address },
    lifetime: { blockhash: kept.blockhash, lastValidBlockHeight: offer.lastValidBlockHeight },
    limits: { computeUnits: kept.limits.computeUnits, price: 0n },
    instructions: [extensionOf({ ...terms, program }, offer)],
  });
  const written = `${run}/chain/extend.9` as OperationId;
  const { program: _program, ...body } = { ...kept, transaction, ...change };
  await rig.pool.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, handed, due_at) values ($1, $2, 'extend', 'payer', $3, $4, now())`,
    [written, run, canonicalJson(body), await walletSigns(transaction, place.payer)],
  );
  await rig.until(isOver(run, written));
  expect(await intentOf(run, written)).toMatchObject({ stands: "expired", signature: null });
  expect(rig.said.some((said) => said.startsWith("chain_intent_not_agreed"))).toBe(true);
});
