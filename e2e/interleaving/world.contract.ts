import type { Pool } from "pg";
import { vi } from "vitest";
import type { Digest } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { openAccount } from "@/server/adapters/credits/grants";
import { startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { audit, eve, key, PURSE, rig } from "@/server/drivers/postgres/rig.contract";
import type { House } from "./house.contract";
import { PAYEES } from "./outside.contract";
import { type Sound, sound, storedRuns } from "./sound.contract";
import { type VirtualTime, virtualTime } from "./virtual-time.contract";

export type World = { time: VirtualTime; close(): Promise<void> };

/** A database in virtual time, with everybody's accounts. */
export async function openWorld(): Promise<World> {
  const cluster = await startCluster();
  const time = await virtualTime(cluster);
  await rig(time.pool).open();
  for (const payee of PAYEES) await openAccount(time.pool, payee, "microcredits");
  return {
    time,
    async close() {
      vi.useRealTimers();
      await time.pool.end();
      await cluster.stop();
    },
  };
}

/** Forgets runs that are over, so that the ten thousandth seed finds a database as small as the first. */
export async function forgetRuns(pool: Pool): Promise<void> {
  await pool.query("truncate run, run_event, run_snapshot, run_inbox, run_outbox, receipt, question cascade");
}

/** Every run of a house is sound, and everybody has been paid what the journals say, once. Errors: throws otherwise. */
export async function allSound({ studio, runs, outside, ledger }: House, plans: readonly Plan[]): Promise<Sound[]> {
  const known = new Map<Digest, Plan>(plans.map((plan) => [digestOf(plan), plan]));
  const stored = await storedRuns(studio.pool, runs);
  const sounds = stored.map((each) => {
    const plan = known.get(each.plan_hash);
    if (!plan) throw new Error(`nobody knows the plan of ${each.id}`);
    return sound(each, plan, key);
  });
  if (sounds.length !== runs.length) throw new Error("a run is gone");
  insistOn("calls made twice", outside.repeated(), []);
  insistOn("what the drivers said", studio.faults, []);
  const paid = PAYEES.map((payee) => sounds.reduce((sum, each) => sum + (each.paid.get(payee) ?? 0n), 0n));
  if (ledger) for (const each of sounds) await ledgerOf(studio.pool, each);
  else {
    insistOn("payees", PAYEES.map(outside.balance), paid);
    insistOn("payer", outside.balance(eve), PURSE - paid.reduce((sum, each) => sum + each, 0n));
  }
  return sounds;
}

/** What one run moved on the ledger: in and out of its own account, and to each payee what its receipts say. */
async function ledgerOf(pool: Pool, { state, paid }: Sound): Promise<void> {
  const { rows } = await pool.query<{ account: string; moved: string }>({
    name: "ledger_of",
    text: `select account, sum(amount)::text as moved
             from (select credit as account, amount from ledger_transfer where operation like $1
                   union all select debit, -amount from ledger_transfer where operation like $1) legs
            group by account having sum(amount) <> 0`,
    values: [`${state.run}/%`],
  });
  const spent = state.spent.amount;
  const expected = [...paid].map(([payee, amount]) => [`main:${payee}:microcredits`, String(amount)]);
  if (spent > 0n) expected.push([`main:${eve}:microcredits`, String(-spent)]);
  insistOn(
    "the ledger",
    Object.fromEntries(rows.map(({ account, moved }) => [account, moved])),
    Object.fromEntries(expected),
  );
}

/** What a stranger would check who has only the file of a run. */
export async function verified({ studio, runs }: House): Promise<void> {
  for (const run of runs) insistOn("receipts", (await audit(studio.pool, run)).verdict.failed, []);
}

function insistOn(what: string, is: unknown, expected: unknown): void {
  const [found, wanted] = [is, expected].map(inWords);
  if (found !== wanted) throw new Error(`${what}: ${found}, and not ${wanted}`);
}

/** Keys in order, and large numbers as text. */
function inWords(value: unknown): string {
  return JSON.stringify(value, (_, each) => {
    if (typeof each === "bigint") return String(each);
    if (each === null || typeof each !== "object" || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
