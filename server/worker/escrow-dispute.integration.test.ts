import { randomBytes, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Address } from "@solana/kit";
import { beforeEach, expect, test } from "vitest";
import { AccountId, type OperationId, type RunId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { resolve } from "@/programs/clients/escrow-instructions";
import { disputeOf } from "@/server/adapters/escrow/disputing";
import { type Limits, unsigned } from "@/server/adapters/escrow/messages";
import { openingOf } from "@/server/adapters/escrow/terms";
import { byHand, type Order } from "@/server/by-hand/main";
import { signerIn } from "@/server/by-hand/signer";
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
  ({ place, studio } = on);
});
beforeEach(async () => {
  rig = await escrowRig(studio, place, { settings: { windowSeconds: 3_600 } });
});

const EARNED = 2n * BASE;
const settledRun = async (): Promise<RunId> => {
  const run = await endedRun({ studio, rig }, callsOf(2));
  await rig.until(async () => (await rig.stands(run)) === "settled");
  return run;
};
const offered = (run: RunId, lines = [0]) => rig.desk.dispute({ owner: eve, run, lines });

async function disputed(run: RunId): Promise<OperationId> {
  const offer = await offered(run);
  if (!offer.ok) throw new Error(offer.error.code);
  const { intent, transaction } = offer.value;
  const handed = await rig.desk.submit({ owner: eve, intent, signed: await walletSigns(transaction, place.payer) });
  if (!handed.ok) throw new Error(handed.error.code);
  return intent;
}

const standsOf = async (run: RunId, intent: OperationId) =>
  (await rig.intents(run)).find((each) => each.intent === intent)?.stands;
const line = async (run: RunId) => {
  const earnings = await rig.desk.earnings(eve, run);
  return earnings.ok ? earnings.value.lines[0] : earnings.error;
};

test("a payer's wallet disputes what was settled, the sponsor pays for it, and nothing of it is paid until the arbiter decides", async () => {
  const acme = await place.tokens(place.publisher.address);
  const run = await settledRun();
  expect(await line(run)).toMatchObject({ payees: ["acme"], earned: EARNED, held: EARNED, disputed: 0n, paid: 0n });
  const payerLamports = async () =>
    (await place.call<{ value: number }>("getBalance", place.payer.address, { commitment: "confirmed" })).value;
  const before = await payerLamports();
  expect(await offered(run)).toMatchObject({ ok: true, value: { lines: [0], amount: EARNED } });
  const intent = await disputed(run);
  await rig.until(async () => (await standsOf(run, intent)) === "confirmed");
  expect(await payerLamports()).toBe(before);
  expect(await line(run)).toMatchObject({ earned: EARNED, held: 0n, disputed: EARNED });

  await place.later(3_700);
  await rig.pool.query("update chain_intent set due_at = now() where due_at is not null");
  for (let round = 0; round < 4; round++) await rig.rail.carry();
  expect(await place.tokens(place.publisher.address)).toBe(acme);
  expect(await rig.stands(run)).toBe("settled");
  expect(await offered(run)).toEqual({ ok: false, error: { code: "nothing_to_dispute", run } });

  const terms = (await rig.desk.ofRun(eve, run))?.terms;
  const at = { program: terms?.program as Address, escrow: terms?.escrow as Address };
  const { arbiter } = place.chain.keys;
  await rig.pool.query("update chain_intent set due_at = now() + interval '1 hour' where due_at is not null");
  await sentTo(place, [resolve({ ...at, arbiter: arbiter.address, line: 0, toPayee: 10_000n })], arbiter);
  await place.pass(10);
  await rig.rail.readOn(); // what is decided is paid now, and not when it would have been looked at again
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.publisher.address)).toBe(acme + 10_000n);
  expect(await line(run)).toEqual({ code: "escrow_not_there", run });
});

test("nobody else disputes or looks, only what is inside its window is disputed, and only lines that are there", async () => {
  const mallory = AccountId.parse("mallory");
  const run = await settledRun();
  const nobody = { ok: false, error: { code: "escrow_not_there", run } };
  expect(await rig.desk.earnings(mallory, run)).toEqual(nobody);
  expect(await rig.desk.dispute({ owner: mallory, run, lines: [0] })).toEqual(nobody);
  expect(await offered(run, [7])).toEqual({ ok: false, error: { code: "nothing_to_dispute", run } });
  const offer = await offered(run);
  if (!offer.ok) throw new Error(offer.error.code);
  const { intent, transaction } = offer.value;
  const signed = await walletSigns(transaction, place.payer);
  expect(await rig.desk.submit({ owner: mallory, intent, signed })).toMatchObject({
    error: { code: "intent_unknown" },
  });
  expect(await rig.desk.submit({ owner: eve, intent, signed: transaction })).toMatchObject({
    error: { code: "signature_unfit" },
  });
  await place.later(3_700);
  expect(await offered(run)).toEqual({ ok: false, error: { code: "nothing_to_dispute", run } });
});

test("a new offer ends the one before, and what is handed over late is refused by the chain with nothing moved", async () => {
  const run = await settledRun();
  const first = await offered(run);
  const second = await offered(run);
  if (!first.ok || !second.ok) throw new Error("no offers");
  const signed = await walletSigns(first.value.transaction, place.payer);
  expect(await rig.desk.submit({ owner: eve, intent: first.value.intent, signed })).toMatchObject({
    error: { code: "intent_expired" },
  });
  await place.later(3_700);
  const { intent, transaction } = second.value;
  await rig.desk.submit({ owner: eve, intent, signed: await walletSigns(transaction, place.payer) });
  await rig.until(async () => ["refused", "expired"].includes((await standsOf(run, intent)) ?? ""));
  expect(await line(run)).toMatchObject({ disputed: 0n });
});

test("a first dispute was set aside with the opening: no cap of the sponsor keeps it from the chain, a second one counts", async () => {
  const run = await settledRun();
  const spent = { sponsorDailyLamports: 0n, sponsorShareLamports: 0n };
  rig = await escrowRig(studio, place, { settings: { windowSeconds: 3_600, ...spent } });
  const first = await disputed(run);
  await rig.until(async () => (await standsOf(run, first)) === "confirmed");
  const again = `${run}/chain/dispute.9` as OperationId;
  await rig.pool.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, handed, due_at)
     select $1, run_id, kind, asked_by, body, handed, now() from chain_intent where id = $2`,
    [again, first],
  );
  await rig.until(async () => (await standsOf(run, again)) === "refused");
  expect((await rig.intents(run)).find(({ intent }) => intent === again)).toMatchObject({
    reason: "sponsor_share_spent",
  });
});

test("what was handed over shows as such, and what cannot be read is over instead of tried for ever", async () => {
  const run = await settledRun();
  const offer = await offered(run);
  if (!offer.ok) throw new Error(offer.error.code);
  const handedOf = async (id: string) => (await rig.intents(run)).find(({ intent }) => intent === id)?.handed;
  expect(await handedOf(offer.value.intent)).toBe(false);
  expect(await handedOf(await disputed(run))).toBe(true);
  const broken = `${run}/chain/dispute.9` as OperationId;
  await rig.pool.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, handed, due_at) values ($1, $2, 'dispute', 'payer', 'no JSON', 'x', now())`,
    [broken, run],
  );
  await rig.until(async () => (await standsOf(run, broken)) === "expired");
});

test("without the studio: the payer disputes, the arbiter divides, and a stranger pays and closes, all from the chain alone", async () => {
  const run = await settledRun();
  const escrow = (await rig.desk.ofRun(eve, run))?.terms.escrow as Address;
  const acme = await place.tokens(place.publisher.address);
  const { rpcUrl: rpc, escrowProgram: program, registryProgram } = place.chain;
  const typed = async (words: string, more: Partial<Order> = {}) => {
    const done = await byHand({ rpc, program, ...more, words: [...words.split(" ")] });
    return done.ok ? done.value.join("\n") : done.error;
  };
  const arbiter = join(place.folder, "keys", "arbiter.key");
  const stranger = join(place.folder, `${run}.key`);
  writeFileSync(stranger, randomBytes(32).toString("hex"), { mode: 0o600 });
  for (const file of [arbiter, stranger]) {
    const signer = await signerIn(file);
    if (signer.ok) await place.call("requestAirdrop", signer.value.address, 1_000_000_000);
  }
  await place.call("requestAirdrop", place.payer.address, 1_000_000_000);

  expect(await typed(`list ${place.payer.address}`)).toContain(`${escrow}  finished  0.03 USDC  payer`);
  expect(await typed(`list ${place.publisher.address}`)).toContain(
    `${escrow}  finished  0.03 USDC  payee of line 1 (0.03 USDC earned`,
  );
  expect(await typed(`show ${escrow}`)).toMatch(/0.03 USDC can be disputed until/);
  expect(await typed(`show ${escrow}`, { program: registryProgram })).toContain(`belongs to ${program}`);
  expect(await typed(`release ${escrow}`, { key: stranger, send: true })).toMatch(/^Nothing can be paid now/);
  expect(await typed(`close ${escrow}`, { key: stranger, send: true })).toMatch(/^It cannot be closed yet/);

  const unsigned = (await typed(`dispute ${escrow}`, { line: "1", signer: place.payer.address })).split("\n").at(-1);
  const signed = await walletSigns(unsigned ?? "", place.payer);
  await place.call("sendTransaction", signed, { encoding: "base64" });
  expect(await typed(`show ${escrow}`)).toMatch(/0.03 USDC disputed/);

  const division = { line: "1", "to-payee": "0.01" };
  expect(await typed(`resolve ${escrow}`, { ...division, key: stranger, send: true })).toMatch(/^Only .* can do this/);
  expect(await typed(`resolve ${escrow}`, { ...division, key: arbiter })).toMatch(/Nothing was sent/);
  expect(await typed(`show ${escrow}`)).toMatch(/0.03 USDC disputed/);
  expect(await typed(`resolve ${escrow}`, { ...division, key: arbiter, send: true })).toMatch(/Done: \w+$/);

  await place.fault({ kind: "cut", method: "getSignatureStatuses" });
  expect(await typed(`close ${escrow}`, { key: stranger, send: true })).toMatch(
    /^It is not known what became of \w+: /,
  );
  expect(await typed(`close ${escrow}`, { key: stranger, send: true })).toMatch(/^0.01 USDC are paid to line 1/);
  expect(await place.tokens(place.publisher.address)).toBe(acme + 10_000n);
  expect(await typed(`show ${escrow}`)).toMatch(/^Nothing lies at/);

  expect(await rig.desk.ofRun(eve, run)).toMatchObject({ stands: "settled", left: null });
  await place.pass(10); // what landed is final, and the studio reads who did what
  await rig.rail.readOn();
  const left = { paid: 10_000n, fees: 0n, returned: 20_000n };
  expect(await rig.desk.ofRun(eve, run)).toMatchObject({ stands: "closed", left });
});

type Kept = { lines: number[]; transaction: string; blockhash: string; lastValidBlockHeight: string };

test.each<[string, (kept: Kept, run: RunId) => Promise<Partial<Kept> & { limits?: object }>]>([
  [
    "an opening that calls itself a dispute",
    async (kept, run) => {
      const terms = (await rig.desk.ofRun(eve, run))?.terms;
      if (!terms) throw new Error("no escrow");
      const limits: Limits = { computeUnits: 200_000, price: 0n };
      const lifetime = { blockhash: kept.blockhash, lastValidBlockHeight: BigInt(kept.lastValidBlockHeight) };
      const instructions = [await openingOf({ ...terms, run: runNamed(randomUUID()) })];
      const feePayer = terms.sponsor as Address;
      return { transaction: unsigned({ version: 0, feePayer, lifetime, limits, instructions }) };
    },
  ],
  [
    "a call of another program",
    async (kept, run) => {
      const { terms } = (await rig.desk.ofRun(eve, run)) ?? {};
      if (!terms) throw new Error("no escrow");
      await rig.pool.query("update escrow set terms = replace(terms, $2, $3) where run_id = $1", [
        run,
        terms.program,
        SYSTEM_PROGRAM,
      ]);
      const limits: Limits = { computeUnits: 20_000, price: 0n };
      const lifetime = { blockhash: kept.blockhash, lastValidBlockHeight: BigInt(kept.lastValidBlockHeight) };
      const instructions = [disputeOf({ ...terms, program: SYSTEM_PROGRAM }, [0])];
      const feePayer = terms.sponsor as Address;
      return {
        transaction: unsigned({ version: 0, feePayer, lifetime, limits, instructions }),
        limits: { computeUnits: 20_000, price: "0" },
      };
    },
  ],
  ["other lines than were signed", async () => ({ lines: [0, 1] })],
  ["a price above the ceiling", async () => ({ limits: { computeUnits: 20_000, price: "100001" } })],
])("the worker's sponsor signs no dispute that the database alone says was handed in: %s", async (_, change) => {
  const run = await settledRun();
  const offer = await offered(run);
  if (!offer.ok) throw new Error(offer.error.code);
  const { intent } = offer.value;
  const { rows } = await rig.pool.query<{ body: string }>("select body from chain_intent where id = $1", [intent]);
  const kept = JSON.parse(rows[0]?.body ?? "") as Kept;
  const forged = { ...kept, ...(await change(kept, run)) };
  const written = `${run}/chain/dispute.9` as OperationId;
  await rig.pool.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, handed, due_at) values ($1, $2, 'dispute', 'payer', $3, $4, now())`,
    [written, run, canonicalJson(forged), await walletSigns(forged.transaction, place.payer)],
  );
  await rig.until(async () => ["refused", "expired", "confirmed"].includes((await standsOf(run, written)) ?? ""));
  expect((await rig.intents(run)).find((each) => each.intent === written)).toMatchObject({
    stands: "expired",
    signature: null,
  });
  expect(rig.said.some((said) => said.startsWith("chain_intent_not_agreed"))).toBe(true);
});
