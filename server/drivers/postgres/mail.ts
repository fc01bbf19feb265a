import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { fromStored } from "@/flows/plan/stored";
import { byRun } from "./grouped";
import { type Lease, lowerFlags } from "./leases";
import { ByMail, type Letter } from "./letter-shape";
import { claimsInVain, withProofs } from "./signed-letters";
import type { Happening } from "./standing";

export type Mail = ReadonlyMap<RunId, readonly Letter[]>;
/** A letter that no run can take, and why. */
export type Dead = { mail: bigint; cause: string };

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
  return byRun(await withProofs(pool, rows));
}

/**
 * A letter counts from when it was written, not from when somebody got round to it: an answer in time stays in time.
 * One that cannot be read, or that says what nobody may write, is dead: it is put aside, and the run goes on.
 */
export function openLetter(letter: Letter): Happening | Dead {
  const mail = BigInt(letter.id);
  const event = readEvent(letter.event);
  if ("cause" in event) return { mail, cause: event.cause };
  if (claimsInVain(event, letter)) return { mail, cause: "It claims a signature that nobody gave." };
  return { event, atMs: Number(letter.at_ms), of: null, mail };
}

function readEvent(text: string): Happening["event"] | { cause: string } {
  let written: unknown;
  try {
    written = fromStored(text);
  } catch {
    return { cause: "It cannot be read." };
  }
  const read = ByMail.safeParse(written);
  if (read.success) return written as Happening["event"]; // as it was written: the shape turns nothing into anything else
  const [issue] = read.error.issues;
  if (issue?.code === "invalid_union") return { cause: "What it says does not come by mail." };
  return { cause: ["It is not whole", issue?.path.join("."), issue?.message].filter(Boolean).join(": ") };
}
