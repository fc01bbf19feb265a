import type { Pool } from "pg";
import type { Digest } from "@/flows/basics/ids";
import { sha256Hex } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { fromStored } from "@/flows/plan/stored";

/** Reads a plan. Errors: throws when it is not there or cannot be read, which stops the run that asked. */
type PlanOf = (hash: Digest) => Plan;
export type Plans = { fetch(hashes: readonly Digest[]): Promise<PlanOf> };

/** Plans never change, so those read lately are kept: runs of one flow share one plan in memory. */
export function planShelf(pool: Pool, room = 200): Plans {
  const shelf = new Map<Digest, Plan>();
  return {
    async fetch(hashes) {
      const missing = hashes.filter((hash) => !shelf.has(hash));
      const text = "select hash, body from plan where hash = any($1::text[])";
      const read =
        missing.length > 0 ? await pool.query<{ hash: Digest; body: string }>(text, [missing]) : { rows: [] };
      const bodies = new Map(read.rows.map(({ hash, body }) => [hash, body]));
      return (hash) => {
        const known = shelf.get(hash);
        if (known) return known;
        const body = bodies.get(hash);
        if (body === undefined) throw new Error(`the plan ${hash} is not there`);
        if (sha256Hex(body) !== hash) throw new Error(`the plan ${hash} was changed`);
        const plan = fromStored<Plan>(body);
        shelf.set(hash, plan);
        forgetOldest();
        return plan;
      };
    },
  };

  function forgetOldest(): void {
    for (const hash of shelf.keys()) {
      if (shelf.size <= room) return;
      shelf.delete(hash);
    }
  }
}
