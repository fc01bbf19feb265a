import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { readEscrow } from "@/programs/clients/escrow-account";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain } from "./each-on-chain.contract";
import { callsOf, type EscrowChain, type EscrowRig, escrowRig, runNamed, walletSigns } from "./escrow-rig.contract";

let place: EscrowChain;
let studio: Rig;
let rig: EscrowRig;
eachOnChain((on) => {
  ({ place, studio, rig } = on);
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

test("an escrow that is not as it was agreed to starts no run and is given back whole", async () => {
  const payer = await place.tokens(place.payer.address);
  let lies = true;
  rig = await escrowRig(studio, place, {
    chain: (chain) => ({
      ...chain,
      async account(address) {
        const found = await chain.account(address);
        if (!lies || !found.ok || !found.value || !readEscrow(found.value.data)) return found;
        const data = Uint8Array.from(found.value.data);
        data[4] = 99; // its fee
        return { ok: true, value: { ...found.value, data } };
      },
    }),
  });
  const run = fresh();
  await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "open");
  expect((await rig.desk.ofRun(eve, run))?.notStarted).toMatchObject({ code: "escrow_unlike" });
  expect(await rig.rail.funded()).toEqual([]);
  lies = false;
  expect(await rig.rail.giveBack()).toBe(1);
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await place.tokens(place.payer.address)).toBe(payer);
});

test("an escrow that no server shows yet is looked for ever more rarely", async () => {
  rig = await escrowRig(studio, place, {
    chain: (chain) => ({ ...chain, account: async () => ({ ok: true, value: null }) }),
  });
  const offers = await escrowRig(studio, place);
  const run = fresh();
  await offers.fund(run, PLAN);
  const due = async () =>
    (
      await rig.pool.query<{ tries: number; ms: number }>(
        "select tries, extract(epoch from due_at - changed_at)::float8 * 1000 as ms from chain_intent where run_id = $1",
        [run],
      )
    ).rows[0] ?? { tries: 0, ms: 0 };
  await rig.until(async () => (await due()).tries >= 5);
  expect((await due()).ms).toBeGreaterThan(1_000);
});

test("an opening whose signature no server knows any more is not called expired while its escrow is there", async () => {
  rig = await escrowRig(studio, place, {
    chain: (chain) => ({
      ...chain,
      look: async () => ({ ok: true, value: { seen: "nothing", finalizedHeight: 1_000_000_000n } }),
    }),
  });
  const run = fresh();
  await rig.fund(run, PLAN);
  await rig.until(
    async () => !["intent", "reserved", "signed", "submitted"].includes((await rig.intents(run))[0]?.stands ?? ""),
  );
  await rig.until(async () => (await rig.stands(run)) === "open");
  expect((await rig.intents(run)).map(({ stands }) => stands)).toEqual(["confirmed"]);
});

test("an opening that never landed is called expired once its escrow was looked for", async () => {
  let asked: readonly string[] = [];
  rig = await escrowRig(studio, place, {
    chain: (chain) => ({
      ...chain,
      send: async () => ({ ok: true, value: null }),
      look: async () => ({ ok: true, value: { seen: "nothing", finalizedHeight: 1_000_000_000n } }),
      accounts(addresses) {
        asked = addresses;
        return chain.accounts(addresses);
      },
    }),
  });
  const run = fresh();
  const { terms } = await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.intents(run))[0]?.stands === "expired");
  expect(asked).toEqual([terms.escrow]);
});

test("an escrow that cannot be given back keeps no other from being given back", async () => {
  const [first, second] = [fresh(), fresh()].sort((a, b) => (a < b ? -1 : 1));
  if (!first || !second) throw new Error("there are two");
  for (const run of [first, second]) {
    await rig.fund(run, PLAN);
    await rig.until(async () => (await rig.stands(run)) === "open");
    await rig.rail.started(run, { code: "plan_changed" });
  }
  const { rows } = await rig.pool.query<{ terms: string }>("select terms from escrow where run_id = $1", [first]);
  await rig.pool.query("update escrow set terms = '{}' where run_id = $1", [first]);
  expect(await rig.rail.giveBack()).toBe(1);
  await rig.pool.query("update escrow set terms = $2 where run_id = $1", [first, rows[0]?.terms]);
  await rig.until(async () => (await rig.stands(second)) === "closed");
});

test("money in an escrow whose run is not there is shown to its payer alone, until a while after it is back", async () => {
  const [offered, run] = [fresh(), fresh()];
  await rig.offer(offered, PLAN); // nobody signed it: it holds nothing
  const shown = async () => (await rig.desk.withoutRun(eve)).map(({ stands, notStarted }) => [stands, notStarted]);
  await rig.fund(run, PLAN);
  expect(await shown()).toEqual([["waiting", null]]);
  await rig.until(async () => (await rig.stands(run)) === "open");
  expect(await shown()).toEqual([["open", null]]);
  await rig.rail.started(run, { code: "plan_changed" });
  expect(await shown()).toEqual([["open", { code: "plan_changed" }]]);
  expect(await rig.desk.withoutRun("acme" as never)).toEqual([]);
  await rig.rail.giveBack();
  await rig.until(async () => (await rig.stands(run)) === "closed");
  expect(await rig.desk.withoutRun(eve)).toMatchObject([
    { stands: "closed", run, cap: 30_000n, closedAtMs: expect.any(Number) },
  ]);
  await rig.pool.query("update escrow set closed_at = now() - interval '8 days' where run_id = $1", [run]);
  expect(await shown()).toEqual([]);
});

test("an escrow whose run was started is no escrow without a run", async () => {
  const run = fresh();
  await rig.fund(run, PLAN);
  await rig.until(async () => (await rig.stands(run)) === "open");
  await rig.start(run, PLAN);
  expect(await rig.desk.withoutRun(eve)).toEqual([]);
});
