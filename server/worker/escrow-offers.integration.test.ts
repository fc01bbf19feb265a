import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eachWithRig } from "@/server/drivers/postgres/fresh-rig.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { callsOf, type EscrowChain, escrowRig, runNamed, startEscrowChain, walletSigns } from "./escrow-rig.contract";

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
const fresh = () => runNamed(randomUUID());

test("a signature that is handed in while a new offer is written down waits for it, and is then too late", async () => {
  const run = fresh();
  const offer = await rig.offer(run, PLAN);
  if (!offer.ok) throw new Error(offer.error.code);
  const { intent, transaction } = offer.value;
  const signed = await walletSigns(transaction, place.payer);
  const other = await rig.pool.connect(); // as whoever writes the next offer down (server/adapters/escrow/offering.ts)
  await other.query("begin");
  await other.query("select pg_advisory_xact_lock(hashtext($1))", [`escrow ${run}`]);
  const submitted = rig.desk.submit({ owner: eve, intent, signed });
  const isWaiting = async () =>
    ((await rig.pool.query("select from pg_locks where locktype = 'advisory' and not granted")).rowCount ?? 0) > 0;
  let answered = false;
  void submitted.then(() => {
    answered = true;
  });
  while (!answered && !(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 10));
  await other.query("update chain_intent set stands = 'expired' where id = $1 and handed is null", [intent]);
  await other.query("commit");
  other.release();
  expect(await submitted).toMatchObject({ error: { code: "intent_expired" } });
});

test("what landed is held against the terms that were signed, not against those of a later offer", async () => {
  const run = fresh();
  const { terms } = await rig.fund(run, PLAN);
  await rig.pool.query(
    `update escrow set cap = cap + 1, terms = replace(terms, '"feeBps":0', '"feeBps":7') where run_id = $1`,
    [run],
  );
  await rig.until(async () => (await rig.stands(run)) === "open");
  expect((await rig.desk.ofRun(eve, run))?.terms).toEqual(terms);
  expect((await rig.pool.query("select cap::text from escrow where run_id = $1", [run])).rows).toEqual([
    { cap: String(terms.cap) },
  ]);
});
