import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { AccountId, OperationId, type RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain } from "./each-on-chain.contract";
import { acme, BASE, callsOf, type EscrowRig, runNamed } from "./escrow-rig.contract";

let rig: EscrowRig;
let run: RunId;
eachOnChain((on) => {
  ({ rig } = on);
  run = runNamed(randomUUID());
});

const CAP = 3n * BASE;
const usdc = (amount: bigint) => money("usdc_base", amount);
const operation = (leg: string) => OperationId.parse(`${run}/${leg}`);
const reserve = (amount: bigint, payer = eve) =>
  rig.ports.credits.reserve({ operation: operation("reserve"), payer, amount: usdc(amount) });
const capture = (leg: string, amount: bigint, payee = acme) =>
  rig.ports.credits.capture({
    operation: operation(leg),
    reservation: operation("reserve"),
    payee,
    amount: usdc(amount),
  });
const release = () => rig.ports.credits.release({ operation: operation("release"), reservation: operation("reserve") });
const refused = (code: string) => ({ ok: false, error: { code } });

async function funded() {
  await rig.fund(run, callsOf(3));
  await rig.until(async () => (await rig.stands(run)) === "open");
}

test("nothing is reserved that does not lie, confirmed, in the escrow of this very run and payer", async () => {
  expect(await reserve(1n)).toMatchObject(refused("funds_insufficient"));
  await rig.fund(run, callsOf(3));
  expect(await reserve(1n)).toMatchObject(refused("funds_insufficient")); // signed, and not yet on the chain
  await rig.until(async () => (await rig.stands(run)) === "open");
  expect(await reserve(CAP, AccountId.parse("mallory"))).toMatchObject(refused("funds_insufficient"));
  expect(await reserve(CAP + 1n)).toMatchObject(refused("funds_insufficient"));
  expect(await reserve(CAP)).toMatchObject({ ok: true, value: { left: usdc(0n) } });
  expect(await reserve(CAP)).toMatchObject({ ok: true });
  expect(await reserve(CAP - 1n)).toMatchObject(refused("operation_reused"));
});

test("what is written beside the terms that were signed changes nothing of what is open", async () => {
  const offer = await rig.fund(run, callsOf(3));
  await rig.pool.query("update escrow set terms = replace(terms, $1, $2) where run_id = $3", [
    `"cap":"${offer.terms.cap}"`,
    `"cap":"${offer.terms.cap + 1n}"`,
    run,
  ]);
  await rig.until(async () => (await rig.stands(run)) === "open");
  const { rows } = await rig.pool.query<{ terms: string; cap: string }>(
    "select terms, cap from escrow where run_id = $1",
    [run],
  );
  expect(rows[0]).toMatchObject({
    cap: `${offer.terms.cap}`,
    terms: expect.stringContaining(`"cap":"${offer.terms.cap}"`),
  });
});

test("a purse pays those in the table alone, each within its line, however many ask at once, and settles once", async () => {
  await funded();
  await reserve(CAP);
  expect(await capture("x", 1n, AccountId.parse("mallory"))).toMatchObject(refused("payee_ineligible"));
  const asked = await Promise.all(Array.from({ length: 12 }, (_, each) => capture(`c${each}`, BASE / 2n)));
  expect(asked.filter(({ ok }) => ok)).toHaveLength(6);
  expect(new Set(asked.flatMap((answer) => (answer.ok ? [] : [answer.error.code])))).toEqual(
    new Set(["reservation_exceeded"]),
  );
  const released = await Promise.all([release(), release(), release()]);
  for (const answer of released) expect(answer).toEqual(released[0]);
  expect(await capture("late", 1n)).toMatchObject({ ok: false });
  await rig.until(async () => (await rig.stands(run)) === "closed");
  const { rows } = await rig.pool.query<{ body: string }>(
    "select body from chain_intent where kind = 'settle' and run_id = $1",
    [run],
  );
  expect(rows.map(({ body }) => JSON.parse(body).lines)).toEqual([[{ line: 0, amount: String(CAP) }]]);
});
