import type { Pool, PoolClient } from "pg";
import type { RunId } from "@/flows/basics/ids";

type Asked = { run: RunId; escrow: string; kinds: readonly string[] };

/** What the program said of an escrow since it was opened for a run: an account that lay there before says nothing of it. */
export async function saidSince(
  db: Pool | PoolClient,
  { run, escrow, kinds }: Asked,
): Promise<{ kind: string; event: string }[]> {
  const { rows } = await db.query<{ kind: string; event: string }>(
    `select s.kind, s.event from chain_event s
      where s.escrow = $2 and s.kind = any($3)
        and (exists (select from chain_attempt a join chain_intent i on i.id = a.intent_id
                      where a.signature = s.signature and i.run_id = $1)
          or s.slot > (select max(o.slot) from chain_event o
                         join chain_attempt a on a.signature = o.signature
                         join chain_intent i on i.id = a.intent_id and i.run_id = $1 and i.kind = 'open'
                        where o.escrow = $2 and o.kind = 'opened'))
      order by s.slot, s.signature, s.place`,
    [run, escrow, kinds],
  );
  return rows;
}
