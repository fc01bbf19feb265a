import { expect, test } from "vitest";
import type { RunId } from "@/flows/basics/ids";
import type { IntentStands } from "@/flows/ports/escrows";
import type { Rig } from "@/server/drivers/postgres/rig.contract";
import { eachOnChain, endedRun } from "./each-on-chain.contract";
import { BASE, callsOf, type EscrowChain, type EscrowRig, escrowRig } from "./escrow-rig.contract";

let place: EscrowChain;
let studio: Rig;
let rig: EscrowRig;
eachOnChain((on) => {
  ({ place, studio, rig } = on);
});

const PLAN = callsOf(2);
const EARNED = 2n * BASE;

const owing = () => endedRun({ studio, rig }, PLAN);

const settle = async (run: RunId) => (await rig.intents(run)).find(({ kind }) => kind === "settle");
const isPaid = async (run: RunId) => (await rig.stands(run)) === "closed";

async function attempts(run: RunId): Promise<number> {
  const { rowCount } = await rig.pool.query("select from chain_attempt where intent_id = $1", [`${run}/chain/settle`]);
  return rowCount ?? 0;
}

/** As much time as a worker may want: whatever is not over yet is looked at, again and again. */
async function carryOn(): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await rig.pool.query("update chain_intent set due_at = now() where due_at is not null");
    await rig.rail.carry();
  }
}

test("21. Settlement times out after landing: one transfer on chain.", async () => {
  const run = await owing();
  const before = await place.tokens(place.publisher.address);
  await place.fault({ kind: "cut", method: "sendTransaction" });
  await rig.until(() => isPaid(run));
  await place.pass(200); // whatever was signed can land no more
  await carryOn();
  expect(await place.tokens(place.publisher.address)).toBe(before + EARNED);
  expect(await attempts(run)).toBe(1);
});

test("22. Times out and never lands: provably expired, one retry, one transfer.", async () => {
  const run = await owing();
  const before = await place.tokens(place.publisher.address);
  await place.freeze();
  await place.fault({ kind: "drop", method: "sendTransaction", times: 1_000 });
  await rig.until(async () => ["submitted", "unknown"].includes((await settle(run))?.stands ?? ""));
  const first = (await settle(run))?.signature;
  await place.pass(140); // not over yet: nothing is signed again
  await carryOn();
  expect(await attempts(run)).toBe(1);
  await place.pass(40);
  await place.fault();
  await rig.until(() => isPaid(run));
  await place.resume();
  expect(await attempts(run)).toBe(2);
  expect((await settle(run))?.signature).not.toBe(first);
  expect(await place.tokens(place.publisher.address)).toBe(before + EARNED);
});

test("23. Same idempotency key, different body: refused.", async () => {
  const run = await owing();
  const { storeIntent } = await import("@/server/adapters/escrow/intents");
  const asked = { id: `${run}/chain/settle` as never, run, kind: "settle", askedBy: "studio", due: "now" } as const;
  const { rows } = await rig.pool.query<{ body: string }>("select body from chain_intent where id = $1", [asked.id]);
  const body = rows[0]?.body ?? "";
  expect(await storeIntent(rig.pool, { ...asked, body })).toEqual({ ok: true, value: null });
  expect(await storeIntent(rig.pool, { ...asked, body: body.replace('"line":0', '"line":1') })).toMatchObject({
    error: { code: "operation_reused" },
  });
  await expect(rig.pool.query("update chain_intent set body = '{}' where id = $1", [asked.id])).rejects.toThrow(
    "never changes",
  );
});

const STATES: readonly IntentStands[] = ["reserved", "signed", "submitted", "unknown", "confirmed"];
type Death = "before_it_is_written" | "after_it_is_written";

/**
 * A worker that is killed at one write: before it, what it had done in the world is done and not written down; after it,
 * nothing more of it happens. The next worker goes on from the rows alone.
 */
async function dyingAt(stands: IntentStands, death: Death): Promise<Awaited<ReturnType<typeof escrowRig>>> {
  await rig.pool.query(`create or replace function die() returns trigger language plpgsql as $$ begin
    if NEW.stands = '${stands}' and OLD.stands <> '${stands}' and NEW.kind = 'settle' then
      ${death === "before_it_is_written" ? "raise exception 'killed';" : "perform pg_notify('killed', '');"}
    end if; return NEW; end $$`);
  await rig.pool.query("create trigger die before update on chain_intent for each row execute function die()");
  return escrowRig(studio, place);
}

test.each(
  STATES.flatMap((stands) => [[stands, "before_it_is_written"] as const, [stands, "after_it_is_written"] as const]),
)(
  "a worker that dies at the write of %s, %s: the next one goes on, and there is one transfer on chain",
  async (stands, death) => {
    const run = await owing();
    const before = await place.tokens(place.publisher.address);
    // Where its answer gets lost, the sending leads to `unknown` and not to `submitted`.
    if (stands === "unknown") await place.fault({ kind: "cut", method: "sendTransaction" });
    const dying = await dyingAt(stands, death);
    for (let round = 0; round < 60 && (await settle(run))?.stands !== stands; round++) {
      await dying.rail.carry();
      if (dying.said.some((line) => line.includes("killed"))) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const met =
      death === "before_it_is_written"
        ? dying.said.some((line) => line.includes("killed"))
        : (await settle(run))?.stands === stands;
    expect(met).toBe(true);
    await rig.pool.query("drop trigger die on chain_intent");
    await rig.pool.query("update chain_intent set due_at = now() where due_at is not null"); // what it had claimed is free again
    await rig.until(() => isPaid(run));
    await place.pass(200);
    await carryOn();
    expect(await attempts(run)).toBe(1);
    expect(await place.tokens(place.publisher.address)).toBe(before + EARNED);
  },
);
