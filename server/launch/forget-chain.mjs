/** Whoever reads the history holds it meanwhile (server/adapters/escrow/indexer.ts). */
const INDEXER_LOCK = 4_020_020;

/**
 * Drops everything that was read of the chain's history: the next to read begins with the first transaction. The ledger, the
 * receipts and what was signed stay as they are. Tells how many events were dropped.
 *
 * @param {{ query(text: string, values?: unknown[]): Promise<{ rowCount: number | null }> }} client
 */
export async function forgetChain(client) {
  await client.query("begin");
  await client.query("select pg_advisory_xact_lock($1)", [INDEXER_LOCK]);
  const { rowCount } = await client.query("delete from chain_event");
  await client.query("delete from chain_cursor");
  await client.query("commit");
  return rowCount ?? 0;
}
