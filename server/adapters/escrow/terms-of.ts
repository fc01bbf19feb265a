import type { Pool, PoolClient } from "pg";
import type { RunId } from "@/flows/basics/ids";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { readTerms } from "./stored";

/** What was agreed to for a run. Errors: throws when there is no escrow, which is a bug in the caller. */
export async function termsOf(db: Pool | PoolClient, run: RunId): Promise<EscrowTerms> {
  const { rows } = await db.query<{ terms: string }>("select terms from escrow where run_id = $1", [run]);
  if (!rows[0]) throw new Error(`run ${run} has no escrow`);
  return readTerms(rows[0].terms);
}
