import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { expectSound } from "@/server/drivers/postgres/fresh-rig.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain } from "./each-on-chain.contract";
import { BASE, callsOf, type EscrowChain, type EscrowRig, runNamed, walletSigns } from "./escrow-rig.contract";

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
