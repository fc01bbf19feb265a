import { randomUUID } from "node:crypto";
import type { Address, Instruction, KeyPairSigner } from "@solana/kit";
import { getCloseAccountInstruction, getTransferInstruction } from "@solana-program/token";
import { expect, test } from "vitest";
import { AccountId, type RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { callStep, planOf } from "@/flows/examples/small-plan";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { dispute, resolve } from "@/programs/clients/escrow-instructions";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain } from "./each-on-chain.contract";
import {
  BASE,
  callsOf,
  type EscrowChain,
  type EscrowRig,
  escrowRig,
  PRICE,
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

const sent = (instructions: readonly Instruction[], signer: KeyPairSigner) => sentTo(place, instructions, signer);
const fresh = () => runNamed(randomUUID());
const PLAN = callsOf(2);
const isOpen = (run: RunId) => async () => (await rig.stands(run)) === "open";

async function finished(run: RunId, plan = PLAN): Promise<EscrowTerms> {
  await rig.fund(run, plan);
  await rig.until(isOpen(run));
  await studio.drive(rig.ports);
  await rig.start(run, plan);
  await studio.finished(run);
  const view = await rig.desk.ofRun(eve, run);
  if (!view) throw new Error("there is no escrow");
  return view.terms;
}

async function carryOn(): Promise<void> {
  for (let round = 0; round < 6; round++) {
    await soon();
    await rig.rail.carry();
  }
}

const soon = () => rig.pool.query("update chain_intent set due_at = now() where due_at is not null");

test("a run with a window takes three transactions: settled at its end, paid and closed after the window", async () => {
  rig = await escrowRig(studio, place, { settings: { windowSeconds: 3_600 } });
  const run = fresh();
  const [acme, seen] = [await place.tokens(place.publisher.address), (await rig.transactions()).length];
  await finished(run);
  await rig.until(async () => (await rig.stands(run)) === "settled");
  await carryOn();
  expect(await place.tokens(place.publisher.address)).toBe(acme); // not before the window is over
  await place.later(3_700);
  await soon();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.publisher.address)).toBe(acme + 2n * BASE);
  expect((await rig.transactions()).length - seen).toBe(3);
});

test("what is disputed waits for the arbiter, and the ledger follows what was decided", async () => {
  rig = await escrowRig(studio, place, { settings: { windowSeconds: 3_600 } });
  const run = fresh();
  const acme = await place.tokens(place.publisher.address);
  const payer = await place.tokens(place.payer.address);
  const terms = await finished(run);
  await rig.until(async () => (await rig.stands(run)) === "settled");
  const at = { program: terms.program as Address, escrow: terms.escrow as Address };
  await sent([dispute({ ...at, payer: place.payer.address, lines: [0] })], place.payer);
  await place.later(3_700);
  await carryOn();
  expect(await rig.stands(run)).toBe("settled");
  const arbiter = place.chain.keys.arbiter;
  await sent([resolve({ ...at, arbiter: arbiter.address, line: 0, toPayee: 10_000n })], arbiter);
  await soon();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.publisher.address)).toBe(acme + 10_000n);
  expect(await place.tokens(place.payer.address)).toBe(payer - 10_000n);
  await place.pass(10);
  await rig.rail.readOn();
  const { rows } = await rig.pool.query(
    "select debit, credit, amount from ledger_transfer where operation = $1 order by leg",
    [`${run}/chain/closed`],
  );
  expect(rows).toEqual([
    { debit: "main:acme:usdc_base", credit: `escrow:${run}`, amount: "20000" },
    { debit: "main:acme:usdc_base", credit: "source:usdc_base", amount: "10000" },
    { debit: `escrow:${run}`, credit: "source:usdc_base", amount: "20000" },
  ]);
});

test("a payer who closes the account that the rest returns to keeps nobody from being paid", async () => {
  const run = fresh();
  const acme = await place.tokens(place.publisher.address);
  const cap = money("microcredits", 2n * PRICE); // half of it is left over
  const terms = await finished(run, planOf([callStep("call", [], { price: cap, cap })]));
  const [own, others] = [terms.source as Address, terms.lines[0]?.account as Address];
  const amount = await place.tokens(place.payer.address);
  const authority = place.payer;
  await sent(
    [
      getTransferInstruction({ source: own, destination: others, authority, amount }),
      getCloseAccountInstruction({ account: own, destination: authority.address, owner: authority }),
    ],
    place.payer,
  );
  await rig.until(async () => (await rig.stands(run)) === "settled");
  await carryOn();
  expect(await place.tokens(place.publisher.address)).toBe(acme + amount + BASE);
  await place.give(place.payer.address, 1_000_000n);
  await soon();
  await carryOn();
  expect(await rig.stands(run)).toBe("closed");
});

test("the sponsor lends no more than its cap of a day, and nothing was moved", async () => {
  rig = await escrowRig(studio, place, { settings: { sponsorDailyLamports: 1_000n } });
  const run = fresh();
  const payer = await place.tokens(place.payer.address);
  await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.intents(run))[0]?.stands === "refused");
  expect(await rig.intents(run)).toMatchObject([{ reason: "sponsor_exhausted", signature: null }]);
  expect(await place.tokens(place.payer.address)).toBe(payer);
});

test("one person has the sponsor lend no more than a share of its day, counted by the chain's own fees and rent", async () => {
  const first = fresh();
  await rig.fund(first, PLAN);
  await rig.until(isOpen(first));
  const { rows } = await rig.pool.query<{ lamports: string; bound: string }>(
    "select i.lamports::text, (e.fees + e.rent)::text as bound from chain_intent i join escrow e on e.run_id = i.run_id where i.kind = 'open'",
  );
  expect(Number(rows[0]?.lamports)).toBeGreaterThanOrEqual(Number(rows[0]?.bound));
  await rig.rail.started(first, null);
  const share = BigInt(rows[0]?.lamports ?? 0) * 2n - 1n;
  rig = await escrowRig(studio, place, { settings: { sponsorShareLamports: share } });
  const second = fresh();
  await rig.fund(second, PLAN);
  await rig.pool.query("update escrow set fees = 0, rent = 0"); // whatever a web process writes
  await rig.until(async () => (await rig.intents(second))[0]?.stands === "refused");
  expect(await rig.intents(second)).toMatchObject([{ reason: "sponsor_share_spent", signature: null }]);
});

test("each reason why the chain would not take an opening is told by its own name", async () => {
  const why = async (reason: string | null) => {
    const error = reason === null ? { code: "outcome_unknown", reason: "" } : { code: "transaction_refused", reason };
    rig = await escrowRig(studio, place, {
      chain: (chain) => ({ ...chain, rehearse: async () => ({ ok: false, error }) as never }),
    });
    const offer = await rig.offer(fresh(), PLAN);
    return offer.ok ? null : offer.error;
  };
  expect(await why(null)).toEqual({ code: "chain_unreachable" });
  expect(await why("paused")).toEqual({ code: "rail_paused" });
  expect(await why("escrow_exists")).toMatchObject({ code: "escrow_exists" });
  expect(await why("AccountNotFound")).toEqual({ code: "sponsor_empty" });
  expect(await why('{"InsufficientFundsForRent":{"account_index":0}}')).toEqual({ code: "sponsor_empty" });
  expect(await why("mint_not_allowed")).toEqual({ code: "transaction_refused", reason: "mint_not_allowed" });
});

test("a person has one escrow that lies idle: a second is refused until the run of the first has begun", async () => {
  const [first, second] = [fresh(), fresh()];
  await rig.fund(first, PLAN);
  await rig.until(isOpen(first));
  await rig.fund(second, PLAN);
  await rig.until(async () => (await rig.intents(second))[0]?.stands === "refused");
  expect(await rig.intents(second)).toMatchObject([{ reason: "escrow_idle" }]);
  await rig.rail.started(first, null);
  await rig.fund(second, PLAN);
  await rig.until(isOpen(second));
});

test("what the payer signed too late is never sent, and can be asked for again", async () => {
  const run = fresh();
  const offer = await rig.offer(run, PLAN);
  if (!offer.ok) throw new Error(offer.error.code);
  const signed = await walletSigns(offer.value.transaction, place.payer);
  await place.pass(200);
  await rig.desk.submit({ owner: eve, intent: offer.value.intent, signed });
  await rig.until(async () => (await rig.intents(run))[0]?.stands === "expired");
  expect((await rig.intents(run))[0]?.signature).toBeNull();
  await rig.fund(run, PLAN);
  await rig.until(isOpen(run));
  expect((await rig.intents(run)).map(({ stands }) => stands)).toEqual(["expired", "confirmed"]);
  expect(await rig.offer(run, PLAN)).toMatchObject({ error: { code: "escrow_exists" } });
});

test("a run that outlives settle-by is settled before it: who delivered by then is paid, and nobody after", async () => {
  const run = fresh();
  const acme = await place.tokens(place.publisher.address);
  await rig.fund(run, PLAN);
  await rig.until(isOpen(run));
  let calls = 0;
  const { agents } = rig.ports;
  const slow: typeof agents = {
    async call(ask, hear) {
      calls += 1;
      // The second call is under way when the time comes near.
      if (calls === 2)
        await rig.pool.query("update escrow set settle_by = now() + interval '5 minutes' where run_id = $1", [run]);
      return agents.call(ask, hear);
    },
  };
  await studio.drive({ ...rig.ports, agents: slow });
  await rig.start(run, PLAN);
  expect(await studio.finished(run)).toMatchObject({ status: "failed", spent: String(BASE) });
  await rig.rail.giveBack();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.publisher.address)).toBe(acme + BASE);
});

test("an escrow whose settle-by comes near while its run waits is settled with what was earned", async () => {
  const run = fresh();
  await rig.fund(run, PLAN);
  await rig.until(isOpen(run));
  await rig.rail.started(run, null);
  expect(await rig.rail.giveBack()).toBe(0);
  await rig.pool.query("update escrow set settle_by = now() + interval '5 minutes' where run_id = $1", [run]);
  expect(await rig.rail.giveBack()).toBe(1);
  expect(await rig.rail.giveBack()).toBe(0);
  await rig.until(async () => (await rig.stands(run)) === "closed");
});

test("an escrow whose run cannot be started any more is given back whole", async () => {
  const run = fresh();
  const payer = await place.tokens(place.payer.address);
  await rig.fund(run, PLAN);
  await rig.until(isOpen(run));
  await rig.rail.started(run, { code: "plan_changed", bound: [money("usdc_base", 1n)] });
  expect(await rig.rail.giveBack()).toBe(1);
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.payer.address)).toBe(payer);
  expect((await rig.desk.ofRun(eve, run))?.notStarted).toMatchObject({ code: "plan_changed" });
});

test("whom nobody can pay, and what nobody can pay for, is said before anybody signs", async () => {
  const price = money("microcredits", PRICE);
  const call = (payee: string) => callStep(payee, [], { price, cap: price, payee: AccountId.parse(payee) });
  expect(await rig.offer(fresh(), planOf([call("bolt")]))).toMatchObject({
    error: { code: "payee_wallet_missing", payee: "bolt" },
  });
  rig.wallets.set("bolt", (await place.wallet()).address);
  expect(await rig.offer(fresh(), planOf([call("bolt")]))).toMatchObject({
    error: { code: "payee_account_missing", payee: "bolt" },
  });
  const poor = await place.wallet();
  expect(await rig.offer(fresh(), PLAN, { wallet: poor.address })).toMatchObject({
    error: { code: "payer_account_missing" },
  });
  await place.give(poor.address, 5n);
  expect(await rig.offer(fresh(), PLAN, { wallet: poor.address })).toMatchObject({
    error: { code: "payer_funds_insufficient", needed: 30_000n, left: 5n },
  });
});

test("twelve payees fit and are paid in two transactions; a thirteenth is refused before anybody signs", async () => {
  const price = money("microcredits", PRICE);
  const names = Array.from({ length: 13 }, (_, place) => `p${place}`);
  for (const name of names) {
    const wallet = await place.wallet();
    await place.give(wallet.address, 1n);
    rig.wallets.set(name, wallet.address);
  }
  const plan = (count: number) =>
    planOf(
      names.slice(0, count).map((payee) => callStep(payee, [], { price, cap: price, payee: AccountId.parse(payee) })),
    );
  expect(await rig.offer(fresh(), plan(13))).toMatchObject({
    error: { code: "payees_too_many", payees: 13, most: 12 },
  });
  const run = fresh();
  await rig.fund(run, plan(12));
  await rig.until(isOpen(run));
  await studio.drive(rig.ports);
  await rig.start(run, plan(12));
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  await rig.until(async () => (await rig.stands(run)) === "closed");
  for (const name of names.slice(0, 12)) expect(await place.tokens(rig.wallets.get(name) ?? "")).toBe(1n + BASE);
});
