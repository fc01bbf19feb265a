import type { Pool, PoolClient } from "pg";
import type { AccountId, Digest, OperationId, RunId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import { merkleRoot } from "@/flows/receipts/merkle";
import { type Intent, storeIntent } from "./intents";
import { termsOf } from "./terms-of";

export const settleIntent = (run: RunId) => `${run}/chain/settle` as OperationId;

/** Nothing is promised to a payee that could no longer be recorded before settle-by. */
export const MARGIN = "10 minutes";

/** Whether what a run's payees earned is written down for good: from then on nothing more is captured. */
export async function isSettling(client: PoolClient, run: RunId): Promise<boolean> {
  const { rowCount } = await client.query("select from chain_intent where id = $1", [settleIntent(run)]);
  return rowCount === 1;
}

/**
 * Writes down what a run's payees have earned, as its receipts and the ledger say it: one settlement, and the last. Called
 * in the transaction that closes the run's reservation, so that neither is there without the other; once per run. A run
 * that outlives settle-by was settled before it.
 */
export async function storeSettlement(client: PoolClient, run: RunId): Promise<void> {
  await client.query("select from escrow where run_id = $1 for update", [run]); // captures under way are in, or never
  if (await isSettling(client, run)) return;
  const terms = await termsOf(client, run);
  const earned = await earnedIn(client, run);
  const lines = terms.lines.flatMap(({ payees }, line) => {
    const amount = payees.reduce((sum, payee) => sum + (earned.get(payee) ?? 0n), 0n);
    return amount > 0n ? [{ line, amount }] : [];
  });
  const root = await rootOf(client, run);
  const body = canonicalJson({ sequence: 0n, root, lines, closes: terms.windowSeconds === 0 || lines.length === 0 });
  const intent = { id: settleIntent(run), run, kind: "settle", askedBy: "studio", body, due: "now" } as const;
  const stored = await storeIntent(client, intent);
  if (!stored.ok) throw new Error(`${run} was settled otherwise before`);
}

/** By payee, what was captured for them. */
async function earnedIn(client: PoolClient, run: RunId): Promise<ReadonlyMap<AccountId, bigint>> {
  const { rows } = await client.query<{ owner: AccountId; earned: string }>(
    `select a.owner, sum(t.amount)::text as earned
       from ledger_transfer t join ledger_operation o on o.id = t.operation join ledger_account a on a.id = t.credit
      where t.debit = $1 and o.kind = 'capture' and t.currency = 'usdc_base' group by a.owner`,
    [`held:${run}/reserve`],
  );
  return new Map(rows.map(({ owner, earned }) => [owner, BigInt(earned)]));
}

/** The root over the receipts of the steps, which the closing receipt names as well (flows/receipts/chain.ts). */
async function rootOf(client: PoolClient, run: RunId): Promise<Digest> {
  const { rows } = await client.query<{ hash: Digest }>("select hash from receipt where run_id = $1 order by place", [
    run,
  ]);
  return merkleRoot(rows.map(({ hash }) => hash));
}

/**
 * Escrows that have to be settled though no run asks for it: those whose run could not be started or ended without a
 * reservation to close, and those whose settle-by is near while their run still goes on.
 */
export async function overdueEscrows(client: Pool): Promise<readonly Intent["run"][]> {
  const { rows } = await client.query<{ run_id: RunId }>(
    `select e.run_id from escrow e left join run r on r.id = e.run_id
      where e.stands = 'open' and ((e.not_started is not null and r.id is null) or r.finished_at is not null or e.settle_by < now() + interval '${MARGIN}')
        and not exists (select from chain_intent i where i.run_id = e.run_id and i.kind = 'settle')
      order by e.run_id limit 100`,
  );
  return rows.map(({ run_id }) => run_id);
}
