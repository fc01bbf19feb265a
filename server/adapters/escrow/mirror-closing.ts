import type { PoolClient } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { earnedBy, type Leg, ON_CHAIN, post, purseOf } from "./mirror";
import { saidSince } from "./said-since";
import { termsOf } from "./terms-of";

/**
 * An escrow is gone: what its payees were paid and what went back to its payer has left the chain's side, and the ledger
 * says so, once. Paid is what the chain recorded as earned; what it did not, and what an arbiter gave back to the payer,
 * goes back first.
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
  const back: Leg[] = [];
  function takeBack(accounts: readonly string[], amount: bigint): void {
    let left = amount;
    for (const account of accounts) {
      const has = earned.get(account) ?? 0n;
      const takes = has < left ? has : left;
      back.push({ debit: account, credit: purseOf(run), amount: takes });
      earned.set(account, has - takes);
      left -= takes;
    }
  }
  const said = await saidSince(client, { run, escrow: terms.escrow, kinds: ["settled", "resolved"] });
  const settled = said.findLast(({ kind }) => kind === "settled");
  const captured = [...earned.values()].reduce((sum, amount) => sum + amount, 0n);
  const recorded = settled ? BigInt((JSON.parse(settled.event) as { earned: string }).earned) : 0n;
  // What was never recorded on the chain was paid to nobody, whatever was captured here: all of it went back to the payer.
  takeBack([...earned.keys()].reverse(), captured > recorded ? captured - recorded : 0n);
  for (const { kind, event } of said) {
    if (kind !== "resolved") continue;
    const { line, back: amount } = JSON.parse(event) as { line: number; back: string };
    takeBack((terms.lines[line]?.payees ?? []).map(earnedBy), BigInt(amount));
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

/**
 * What a reservation gives back after its escrow has gone lies in a purse of which nothing is on the chain any more: the
 * closing returned it to the payer there, and the ledger follows.
 */
export async function mirrorRest(client: PoolClient, run: RunId): Promise<void> {
  const { rows } = await client.query<{ balance: string }>(
    `select a.balance::text from ledger_account a
      where a.id = $1 and exists (select from ledger_operation o where o.id = $2)`,
    [purseOf(run), `${run}/chain/closed`],
  );
  const legs = [{ debit: purseOf(run), credit: ON_CHAIN, amount: BigInt(rows[0]?.balance ?? 0) }];
  if (rows[0]) await post(client, { operation: `${run}/chain/closed.rest`, kind: "escrow_closed", legs });
}
