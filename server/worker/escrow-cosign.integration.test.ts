import { randomUUID } from "node:crypto";
import { AccountRole, type Address, type Instruction } from "@solana/kit";
import { expect, test } from "vitest";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EscrowTerms, Offer } from "@/flows/ports/escrows";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { number, packed } from "@/programs/clients/packing";
import { type Limits, unsigned } from "@/server/adapters/escrow/messages";
import { openingOf } from "@/server/adapters/escrow/terms";
import { eachOnChain } from "./each-on-chain.contract";
import { callsOf, type EscrowChain, type EscrowRig, runNamed, walletSigns } from "./escrow-rig.contract";

let place: EscrowChain;
let rig: EscrowRig;
eachOnChain((on) => {
  ({ place, rig } = on);
});

const PLAN = callsOf(1);
type Forged = { terms: EscrowTerms; limits: Limits; instructions: readonly Instruction[]; stored?: string };

/** What a web process that was taken over can do: it writes an opening as if it had been offered and handed in. */
async function forged(change: (honest: Forged) => Promise<Forged> | Forged): Promise<{ run: Offer["terms"]["run"] }> {
  const run = runNamed(randomUUID());
  const offer = await rig.offer(run, PLAN);
  if (!offer.ok) throw new Error(offer.error.code);
  const { rows } = await rig.pool.query<{ body: string }>("select body from chain_intent where id = $1", [
    offer.value.intent,
  ]);
  const kept = JSON.parse(rows[0]?.body ?? "") as { blockhash: string; limits: { computeUnits: number } };
  const lifetime = { blockhash: kept.blockhash, lastValidBlockHeight: offer.value.lastValidBlockHeight };
  const { terms } = offer.value;
  const honest = {
    ...{ terms, limits: { computeUnits: kept.limits.computeUnits, price: 0n } },
    instructions: [await openingOf(terms)],
  };
  const { instructions, limits, terms: said } = await change(honest);
  const transaction = unsigned({ version: 0, feePayer: terms.sponsor as Address, lifetime, limits, instructions });
  await rig.pool.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, handed, due_at) values ($1, $2, 'open', 'payer', $3, $4, now())`,
    [
      `${run}/chain/open.9`,
      run,
      canonicalJson({ terms: said, transaction, limits, ...lifetime }),
      await walletSigns(transaction, place.payer),
    ],
  );
  return { run };
}

const forgedIntent = async (run: Offer["terms"]["run"]) =>
  (await rig.intents(run)).find(({ intent }) => intent.endsWith("open.9"));
const isOver = (run: Offer["terms"]["run"]) => async () =>
  ["expired", "confirmed", "refused"].includes((await forgedIntent(run))?.stands ?? "");
const lamports = async (address: string) =>
  (await place.call<{ value: number }>("getBalance", address, { commitment: "confirmed" })).value;

test("an opening that is what its terms come to is signed, whoever wrote it down", async () => {
  const { run } = await forged((honest) => honest);
  await rig.until(isOver(run));
  expect(await forgedIntent(run)).toMatchObject({ stands: "confirmed" });
});

const gift = ({ terms }: Forged): Instruction => ({
  programAddress: SYSTEM_PROGRAM,
  accounts: [
    { address: terms.sponsor as Address, role: AccountRole.WRITABLE_SIGNER },
    { address: terms.payer as Address, role: AccountRole.WRITABLE_SIGNER },
  ],
  data: packed([number(2, 4), number(5_000_000, 8)]),
});

test.each<[string, (honest: Forged) => Promise<Forged> | Forged]>([
  ["a gift from the sponsor", (honest) => ({ ...honest, instructions: [gift(honest)] })],
  ["a gift beside the opening", (honest) => ({ ...honest, instructions: [...honest.instructions, gift(honest)] })],
  ["a price above the ceiling", (honest) => ({ ...honest, limits: { ...honest.limits, price: 100_001n } })],
  ["more units than it takes", (honest) => ({ ...honest, limits: { computeUnits: 1_400_000, price: 100_000n } })],
  ["another settler", (honest) => renamed(honest, { settler: honest.terms.payer })],
  ["another program", (honest) => renamed(honest, { program: SYSTEM_PROGRAM })],
  ["another run", (honest) => renamed(honest, { run: runNamed(randomUUID()) })],
  ["another account for the fee", (honest) => renamed(honest, { feeAccount: honest.terms.source })],
])("the worker signs nothing that the database says was handed in: %s", async (_, change) => {
  const before = await lamports(place.chain.keys.sponsor.address);
  const { run } = await forged(change);
  await rig.until(isOver(run));
  expect(await forgedIntent(run)).toMatchObject({ stands: "expired", signature: null });
  expect(await lamports(place.chain.keys.sponsor.address)).toBe(before);
  expect(rig.said.some((line) => line.startsWith("chain_intent_not_agreed"))).toBe(true);
});

async function renamed(honest: Forged, change: Partial<EscrowTerms>): Promise<Forged> {
  const terms = { ...honest.terms, ...change };
  return { ...honest, terms, instructions: [await openingOf(terms)] };
}

test("the worker's keys sign for no other program, also when it is to settle", async () => {
  const run = runNamed(randomUUID());
  await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "open");
  await rig.pool.query("update escrow set terms = replace(terms, $2, $3) where run_id = $1", [
    run,
    rig.settings.program,
    SYSTEM_PROGRAM,
  ]);
  await rig.rail.started(run, { code: "plan_changed" });
  await rig.rail.giveBack();
  for (let round = 0; round < 4; round++) await rig.rail.carry();
  expect((await rig.intents(run)).find(({ kind }) => kind === "settle")).toMatchObject({ signature: null });
  expect(rig.said.some((line) => line.includes("its program is not ours"))).toBe(true);
});
