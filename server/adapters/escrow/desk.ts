import type { Address } from "@solana/kit";
import type { Pool } from "pg";
import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok } from "@/flows/basics/result";
import { attemptOf } from "@/flows/escrow/intent";
import type { EscrowDesk, EscrowStands, EscrowView, IntentView, SubmitError } from "@/flows/ports/escrows";
import { inTransaction } from "../connection";
import { disputing, earningsOf } from "./disputing";
import { extending } from "./extending";
import { holdOffers, type Intent, intentBy, intentsOf } from "./intents";
import { leftOf } from "./left";
import { isSignedAsOffered } from "./messages";
import { offering } from "./offering";
import type { DeskOptions } from "./settings";
import { Offered, OpenBody, readTerms } from "./stored";
import { termsOf } from "./terms-of";
import { escrowsWithoutRun } from "./without-run";

/** Escrows as the web process reaches them: it looks at the chain and at what is kept, and holds no key. */
export function escrowDesk(options: DeskOptions): EscrowDesk {
  const { pool } = options;
  return {
    offer: (ask) => offering(options, ask),

    async submit({ owner, intent, signed }) {
      const found = await intentBy(pool, intent);
      if (!found || found.owner !== owner || found.askedBy !== "payer") return err({ code: "intent_unknown", intent });
      const fault = await faultOf(pool, found, signed);
      if (fault) return err(fault);
      // To hand over the same again changes nothing: what was handed over first is what is carried.
      await inTransaction(pool, async (client) => {
        await holdOffers(client, found.run);
        await client.query(
          `with handed as (update chain_intent set handed = $2, due_at = now() where id = $1 and handed is null and stands = 'intent' returning id)
           select pg_notify('chain_intent', id) from handed`,
          [intent, signed],
        );
        return { keep: true, answer: null };
      });
      const now = await intentBy(pool, intent);
      if (!now || now.handed === signed) return ok(viewOf(now ?? found));
      return err(
        now.handed === null ? { code: "intent_expired", intent } : { code: "operation_reused", operation: intent },
      );
    },

    earnings: (owner, run) => earningsOf(options, owner, run),
    dispute: (ask) => disputing(options, ask),
    extend: (ask) => extending(options, ask),
    ofRun: (owner, run) => ofRun(pool, owner, run),
    withoutRun: (owner) => escrowsWithoutRun(pool, owner),
  };
}

async function faultOf(pool: Pool, intent: Intent, signed: string): Promise<SubmitError | null> {
  const { transaction } = Offered.parse(JSON.parse(intent.body));
  const { payer } =
    intent.kind === "open" ? OpenBody.parse(JSON.parse(intent.body)).terms : await termsOf(pool, intent.run);
  if (intent.handed === null && intent.state.in !== "intent") return { code: "intent_expired", intent: intent.id };
  const fits = await isSignedAsOffered(transaction, { signed, wallet: payer as Address });
  return fits.ok ? null : { code: "signature_unfit", problem: fits.error };
}

type Row = {
  owner_id: AccountId;
  stands: EscrowStands;
  terms: string;
  fees: string;
  rent: string;
  not_started: string | null;
};

async function ofRun(pool: Pool, owner: AccountId, run: RunId): Promise<EscrowView | null> {
  const { rows } = await pool.query<Row>(
    "select owner_id, stands, terms, fees::text, rent::text, not_started from escrow where run_id = $1 and owner_id = $2",
    [run, owner],
  );
  const [row] = rows;
  if (!row) return null;
  const { stands, fees, rent, not_started } = row;
  const terms = readTerms(row.terms);
  return {
    ...{ run, owner, stands },
    terms,
    network: { fees: BigInt(fees), rent: BigInt(rent) },
    intents: (await intentsOf(pool, run)).map(viewOf),
    left: stands === "closed" ? await leftOf(pool, { run, escrow: terms.escrow }) : null,
    notStarted: not_started === null ? null : (JSON.parse(not_started) as Json),
  };
}

function viewOf({ id, kind, state, handed }: Intent): IntentView {
  return {
    intent: id as OperationId,
    kind,
    stands: state.in,
    handed: handed !== null,
    signature: attemptOf(state)?.signature ?? null,
    slot: state.in === "confirmed" ? state.slot : null,
    reason: state.in === "refused" ? state.reason : null,
  };
}
