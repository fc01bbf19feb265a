import type { PoolClient } from "pg";
import { unreachable } from "@/flows/basics/unreachable";
import type { IntentState } from "@/flows/escrow/intent";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { asksOf } from "./asks";
import { type Intent, storeIntent } from "./intents";
import { mirrorOpening } from "./mirror";
import type { Carrying } from "./settings";
import { OpenBody } from "./stored";
import { unlike } from "./terms";
import { termsOf } from "./terms-of";

type Also = (client: PoolClient) => Promise<void>;

/**
 * What follows when an intent lands, to be written together with that. "later": the chain cannot be asked yet, so it has not
 * landed for us. What lies on the chain is compared with what was agreed to before anything is built on it.
 */
export async function landedOf(
  carrying: Carrying,
  intent: Intent,
  to: IntentState,
): Promise<Also | undefined | "later"> {
  if (to.in !== "confirmed" || intent.state.in === "confirmed") return undefined;
  switch (intent.kind) {
    case "open":
      return opened(carrying, intent);
    case "settle":
      return settled(intent, await termsOf(carrying.pool, intent.run));
    case "release":
    case "close":
      return released(intent, await termsOf(carrying.pool, intent.run));
    case "top_up":
    case "extend": // counts once finalized history says so, as it does for one that was sent without us
    case "dispute": // the next release heeds it, as it heeds one that was sent without us
      return undefined;
    default:
      return unreachable(intent.kind);
  }
}

/** What landed is held against the terms of its own intent, and those are what the escrow then stands for. */
async function opened({ chain, log }: Carrying, { run, owner, id, body }: Intent): Promise<Also | "later"> {
  const { terms } = OpenBody.parse(JSON.parse(body));
  const found = await chain.account(terms.escrow);
  if (!found.ok || found.value?.owner !== terms.program) return "later";
  const wrong = unlike(terms, found.value.data);
  if (wrong) log("error", "escrow_unlike_agreed", { intent: id, wrong });
  const notStarted = wrong ? JSON.stringify({ code: "escrow_unlike", wrong }) : null;
  return async (client) => {
    // Nothing is spent of what is not as it was agreed to: no purse, no run, and it goes back like one that cannot start.
    if (!wrong) await mirrorOpening(client, { run, owner, terms });
    await client.query(
      `update escrow set stands = 'open', opened_at = now(), terms = $2, plan_hash = $3, address = $4, cap = $5, settle_by = to_timestamp($6),
              not_started = $7, started_at = case when $7::text is not null then now() end
        where run_id = $1`,
      [run, canonicalJson(terms), terms.plan, terms.escrow, terms.cap.toString(), terms.settleBy, notStarted],
    );
    await client.query("select pg_notify('chain_intent', $1)", [id]);
  };
}

/** A settlement may have landed without the payments behind it, and a closing without a settlement that came too late. */
function settled(intent: Intent, terms: EscrowTerms): Also {
  const { run } = intent;
  const { settles, closes } = asksOf(bytesOf(intent), terms.program);
  return async (client) => {
    await client.query(
      `update escrow set stands = $2, settled_at = case when $3 then now() end, closed_at = case when $2 = 'closed' then now() end
        where run_id = $1 and stands <> 'closed'`,
      [run, closes ? "closed" : "settled", settles],
    );
    if (!closes) await storeRelease(client, { run, number: 1, waitSeconds: terms.windowSeconds });
  };
}

function bytesOf({ id, bytes }: Intent): string {
  if (bytes === null) throw new Error(`the bytes that landed for ${id} are not kept`);
  return bytes;
}

/** Where something is left, as under a dispute, it is tried again until the account is gone. */
function released(intent: Intent, terms: EscrowTerms): Also {
  const { run, id } = intent;
  if (asksOf(bytesOf(intent), terms.program).closes)
    return async (client) =>
      void (await client.query("update escrow set stands = 'closed', closed_at = now() where run_id = $1", [run]));
  const number = Number(id.split(".").at(-1)) + 1;
  return (client) => storeRelease(client, { run, number, waitSeconds: AGAIN_SECONDS });
}

const AGAIN_SECONDS = 3_600;

async function storeRelease(
  client: PoolClient,
  { run, number, waitSeconds }: { run: Intent["run"]; number: number; waitSeconds: number },
): Promise<void> {
  const id = `${run}/chain/release.${number}` as Intent["id"];
  const stored = await storeIntent(client, {
    id,
    run,
    kind: "release",
    askedBy: "studio",
    body: canonicalJson({ number }),
    due: "when_handed",
  });
  if (!stored.ok) throw new Error(`${id} is another's`);
  await client.query(
    "update chain_intent set due_at = now() + $2 * interval '1 second' where id = $1 and stands = 'intent'",
    [id, waitSeconds],
  );
}
