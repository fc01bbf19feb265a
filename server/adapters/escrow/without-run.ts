import type { Pool } from "pg";
import type { AccountId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { UsdcBase } from "@/flows/basics/money";
import type { EscrowStands, EscrowWithoutRun } from "@/flows/ports/escrows";
import { readTerms } from "./stored";

type Row = {
  run_id: RunId;
  stands: EscrowStands;
  terms: string;
  cap: string;
  not_started: string | null;
  since: Date;
  closed_at: Date | null;
};

/** Escrows of a person whose run is not there. An offer that nobody signed, or that is over, holds no money and is none. */
export async function escrowsWithoutRun(pool: Pool, owner: AccountId): Promise<EscrowWithoutRun[]> {
  const { rows } = await pool.query<Row>(
    `select e.run_id, e.stands, e.terms, e.cap::text, e.not_started, coalesce(e.opened_at, e.created_at) as since, e.closed_at
       from escrow e
      where e.owner_id = $1 and not exists (select from run r where r.id = e.run_id)
        and (e.stands in ('open', 'settled')
          or (e.stands = 'closed' and e.closed_at > now() - interval '7 days')
          or (e.stands = 'waiting' and exists (select from chain_intent i
                where i.run_id = e.run_id and i.kind = 'open' and i.handed is not null and i.stands not in ('expired', 'refused'))))
      order by since desc, e.run_id limit 50`,
    [owner],
  );
  return rows.map(({ run_id: run, stands, terms, cap, not_started, since, closed_at }) => {
    const { escrow, expiry } = readTerms(terms);
    const times = { sinceMs: since.getTime(), closedAtMs: closed_at?.getTime() ?? null };
    const notStarted = not_started === null ? null : (JSON.parse(not_started) as Json);
    return { run, stands, escrow, cap: UsdcBase.parse(cap), expiry, notStarted, ...times };
  });
}
