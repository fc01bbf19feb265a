import type { PoolClient } from "pg";
import type { Digest, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import type { SigningKey } from "@/flows/receipts/keys";
import { type ChainTransaction, sealSettlement } from "@/flows/receipts/settlement";
import { settleIntent } from "./settling";
import { SettleBody } from "./stored";
import { termsOf } from "./terms-of";

const SHOWN: readonly string[] = ["opened", "settled", "released", "closed"] satisfies ChainTransaction["does"][];
const isShown = (kind: string): kind is ChainTransaction["does"] => SHOWN.includes(kind);

/** Signs, once, what finalized history says of a run's settlement. What is on the chain is told, not what was sent to it. */
export async function stateSettlement(client: PoolClient, run: RunId, key: SigningKey): Promise<void> {
  const terms = await termsOf(client, run);
  const { rows } = await client.query<{ kind: string; signature: string; slot: string; event: string }>(
    "select kind, signature, slot::text, event from chain_event where escrow = $1 order by slot, signature, place",
    [terms.escrow],
  );
  const { rows: intents } = await client.query<{ body: string }>("select body from chain_intent where id = $1", [
    settleIntent(run),
  ]);
  const settled = rows.findLast(({ kind }) => kind === "settled");
  if (!settled || !intents[0]) return;
  const { receiptRoot: root, chain } = JSON.parse(settled.event) as { receiptRoot: Digest; chain: Digest };
  const { lines } = SettleBody.parse(JSON.parse(intents[0].body));
  const sealed = sealSettlement(
    {
      ...{
        version: 1,
        kind: "settlement",
        run,
        plan: terms.plan,
        program: terms.program,
        escrow: terms.escrow,
        mint: terms.mint,
      },
      ...{ root, chain },
      lines: lines.map(({ line, amount }) => {
        const { account = "", payees = [] } = terms.lines[line] ?? {};
        return { account, payees, amount: money("usdc_base", amount) };
      }),
      transactions: rows.flatMap(({ kind, signature, slot }) =>
        isShown(kind) ? [{ does: kind, signature, slot }] : [],
      ),
    },
    key,
  );
  await client.query(
    "insert into settlement (run_id, body, hash, signature, key_id) values ($1, $2, $3, $4, $5) on conflict (run_id) do nothing",
    [run, sealed.body, sealed.hash, sealed.signature, sealed.keyId],
  );
}
