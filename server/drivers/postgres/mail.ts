import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { fromStored } from "@/flows/plan/stored";
import { byRun } from "./grouped";
import { type Lease, lowerFlags } from "./leases";
import type { Happening } from "./standing";

/** What people may tell a run. An answer of the ledger or of an agent never comes by mail, whoever wrote it there. */
const BY_MAIL: readonly string[] = [
  ...["run_started", "cancel_asked", "pause_asked", "resume_asked", "stops_set"],
  ...["approval_answered", "outcome_told"],
];

export type Letter = { id: string; run_id: RunId; event: string; at_ms: string };
export type Mail = ReadonlyMap<RunId, readonly Letter[]>;

/** Reads the mail of runs that this worker holds: flags first, letters after that, so that none is overlooked. */
export async function readMail(pool: Pool, leases: readonly Lease[]): Promise<Mail> {
  await lowerFlags(pool, leases);
  return lettersOf(
    pool,
    leases.map(({ run }) => run),
  );
}

/** The letters of runs whose flags are down already, each run's in the order in which they were written. */
export async function lettersOf(pool: Pool, runs: readonly RunId[]): Promise<Mail> {
  const { rows } = await pool.query<Letter>({
    name: "read_mail",
    text: `select id, run_id, event, floor(extract(epoch from created_at) * 1000)::bigint as at_ms
             from run_inbox where run_id = any($1::text[]) order by id`,
    values: [runs],
  });
  return byRun(rows);
}

/**
 * A letter counts from when it was written, not from when somebody got round to it: an answer in time stays in time.
 * Errors: throws at what nobody may write, which stops the run.
 */
export function openLetter({ id, event: text, at_ms }: Letter): Happening {
  const event = fromStored<Happening["event"]>(text);
  if (!BY_MAIL.includes(event.type)) throw new TypeError(`${event.type} does not come by mail`);
  return { event, atMs: Number(at_ms), of: null, mail: BigInt(id) };
}
