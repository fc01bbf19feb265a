import type { Pool, PoolClient } from "pg";
import type { OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { canonicalJson } from "@/flows/plan/canonical";
import { inTransaction } from "../connection";
import { holdOffers, storeIntent } from "./intents";
import type { Rehearsed } from "./rehearsing";

/** What the payer of an open escrow can be asked to sign. */
type Asked = "dispute" | "extend";
type Offered = Rehearsed & { run: RunId; kind: Asked; says: Readonly<Record<string, Json>> };

/**
 * Writes down what the payer's wallet is asked to sign, signed by nobody: what it says, and what it was built with. What was
 * offered before of the same kind and not handed over is over with it.
 */
export async function keepOffer(
  pool: Pool,
  { run, kind, says, transaction, limits, blockhash, lastValidBlockHeight }: Offered,
): Promise<OperationId> {
  return inTransaction<OperationId>(pool, async (client) => {
    await holdOffers(client, run);
    const id = `${run}/chain/${kind}.${(await offersBefore(client, { run, kind })) + 1}` as OperationId;
    const body = canonicalJson({ ...says, transaction, limits, blockhash, lastValidBlockHeight });
    const stored = await storeIntent(client, { id, run, kind, askedBy: "payer", body, due: "when_handed" });
    if (!stored.ok) throw new Error(`${id} is another's`);
    return { keep: true, answer: id };
  });
}

async function offersBefore(client: PoolClient, { run, kind }: Pick<Offered, "run" | "kind">): Promise<number> {
  await client.query(
    "update chain_intent set stands = 'expired' where run_id = $1 and kind = $2 and stands = 'intent' and handed is null",
    [run, kind],
  );
  const { rows } = await client.query<{ offers: string }>(
    "select count(*)::text as offers from chain_intent where run_id = $1 and kind = $2",
    [run, kind],
  );
  return Number(rows[0]?.offers ?? 0);
}
