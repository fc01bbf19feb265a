import type { PoolClient } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { earnedBy, type Leg, ON_CHAIN, post, purseOf } from "./mirror";
import { termsOf } from "./terms-of";

/**
 * An escrow is gone: what its payees were paid and what went back to its payer has left the chain's side, and the ledger
 * says so, once. What an arbiter gave back to the payer goes back first.
 */
export async function mirrorClosing(client: PoolClient, run: RunId): Promise<void> {
  await client.query("update escrow set stands = 'closed', closed_at = coalesce(closed_at, now()) where run_id = $1", [
    run,
  ]);
  const terms = await termsOf(client, run);
  const { rows } = await client.query<{ credit: string; earned: string }>(
    `select t.credit, sum(t.amount)::text as earned from ledger_transfer t join ledger_operation o on o.id = t.operation
      where t.debit = $1 and o.kind = 'capture' and t.currency = 'usdc_base' group by t.credit order by t.credit`,
    [`held:${run}/reserve`],
  );
  const earned = new Map(rows.map(({ credit, earned: amount }) => [credit, BigInt(amount)]));
  const { rows: decided } = await client.query<{ event: string }>(
    "select event from chain_event where escrow = $1 and kind = 'resolved' order by slot, signature, place",
    [terms.escrow],
  );
  const back: Leg[] = [];
  for (const { event } of decided) {
    const { line, back: amount } = JSON.parse(event) as { line: number; back: string };
    let left = BigInt(amount);
    for (const payee of terms.lines[line]?.payees ?? []) {
      const has = earned.get(earnedBy(payee)) ?? 0n;
      const takes = has < left ? has : left;
      back.push({ debit: earnedBy(payee), credit: purseOf(run), amount: takes });
      earned.set(earnedBy(payee), has - takes);
      left -= takes;
    }
  }
  const { rows: purse } = await client.query<{ balance: string }>(
    "select balance::text from ledger_account where id = $1",
    [purseOf(run)],
  );
  const returned = back.reduce((sum, { amount }) => sum + amount, BigInt(purse[0]?.balance ?? 0));
  const paid = [...earned].map(([account, amount]) => ({ debit: account, credit: ON_CHAIN, amount }));
  const legs = [...back, ...paid, { debit: purseOf(run), credit: ON_CHAIN, amount: returned }];
  await post(client, { operation: `${run}/chain/closed`, kind: "escrow_closed", legs });
}
