import { unreachable } from "../basics/unreachable";
import type { Lifetime, Sighting } from "../ports/chain";

/** One signature for an intent. The first is 1; the next is made only once this one provably never lands. */
export type Attempt = { number: number; signature: string; lifetime: Lifetime };

/** Where an intent stands, with what is known of its latest signature. */
export type IntentState =
  | { in: "intent" }
  | { in: "reserved" }
  | { in: "signed" | "submitted" | "unknown"; attempt: Attempt }
  | { in: "expired"; attempt: Attempt | null }
  | { in: "confirmed"; attempt: Attempt; slot: bigint; final: boolean }
  | { in: "refused"; attempt: Attempt | null; reason: string };

/**
 * Who asks for the transaction. The payer's wallet has signed one message with one lifetime, so that what expired has to
 * be asked of a person again; what the studio signs alone is built anew.
 */
export type AskedBy = "payer" | "studio";

export type IntentEvent =
  | { type: "lamports_reserved" }
  | { type: "refused"; reason: string }
  | { type: "lifetime_over" }
  | { type: "signed"; attempt: Attempt }
  | { type: "sent" }
  | { type: "sight_lost" }
  | { type: "sighted"; signature: string; sighting: Sighting };

/** What whoever carries an intent does next. `watch`: look at the chain, and send the same bytes again while nothing is seen. */
export type NextStep = "reserve" | "sign" | "send" | "watch" | "nothing";

export function nextStep(state: IntentState, askedBy: AskedBy): NextStep {
  switch (state.in) {
    case "intent":
      return "reserve";
    case "reserved":
      return "sign";
    case "signed":
      return "send";
    case "submitted":
    case "unknown":
      return "watch";
    case "expired":
      return askedBy === "studio" ? "sign" : "nothing";
    case "confirmed":
      return state.final ? "nothing" : "watch";
    case "refused":
      return "nothing";
    default:
      return unreachable(state);
  }
}

/**
 * Where an intent stands after what happened; the very same state when it says nothing about it. A signature is made only
 * where none can land: at first, and after one that has provably expired. [S1]
 */
export function heed(state: IntentState, event: IntentEvent, askedBy: AskedBy): IntentState {
  switch (event.type) {
    case "lamports_reserved":
      return state.in === "intent" ? { in: "reserved" } : state;
    case "refused": {
      const unsent = state.in === "intent" || mayBeSigned(state, askedBy);
      return unsent ? { in: "refused", attempt: attemptOf(state), reason: event.reason } : state;
    }
    case "lifetime_over":
      return outlived(state, askedBy);
    case "signed":
      return signed(state, event.attempt, askedBy);
    case "sent":
      return state.in === "signed" || state.in === "unknown" ? { in: "submitted", attempt: state.attempt } : state;
    case "sight_lost":
      return state.in === "signed" || state.in === "submitted" ? { in: "unknown", attempt: state.attempt } : state;
    case "sighted":
      return sighted(state, event);
    default:
      return unreachable(event);
  }
}

/** What only the payer has signed is no transaction yet: without the sponsor nobody can send it. [S3] */
function outlived(state: IntentState, askedBy: AskedBy): IntentState {
  const unsigned = state.in === "intent" || state.in === "reserved";
  return askedBy === "payer" && unsigned ? { in: "expired", attempt: null } : state;
}

function signed(state: IntentState, attempt: Attempt, askedBy: AskedBy): IntentState {
  const isNext = attempt.number === (attemptOf(state)?.number ?? 0) + 1;
  return isNext && mayBeSigned(state, askedBy) ? { in: "signed", attempt } : state;
}

export function attemptOf(state: IntentState): Attempt | null {
  return "attempt" in state ? state.attempt : null;
}

function mayBeSigned(state: IntentState, askedBy: AskedBy): boolean {
  return state.in === "reserved" || (state.in === "expired" && askedBy === "studio");
}

/**
 * What the chain says about the latest signature. What is confirmed may still be undone until it is final. It never lands any more only when the finalized history does not have it
 * and that history is past the last height at which it could. [S2]
 */
function sighted(state: IntentState, { signature, sighting }: Extract<IntentEvent, { type: "sighted" }>): IntentState {
  const attempt = attemptOf(state);
  if (!attempt || attempt.signature !== signature) return state;
  if (state.in === "refused" || state.in === "expired" || (state.in === "confirmed" && state.final)) return state;
  switch (sighting.seen) {
    case "landed":
      return sighting.failed === null
        ? confirmed(state, attempt, sighting)
        : failed(state, attempt, { reason: sighting.failed, final: sighting.final });
    case "nothing":
      return sighting.finalizedHeight > attempt.lifetime.lastValidBlockHeight ? { in: "expired", attempt } : state;
    case "on_its_way":
      return state;
    default:
      return unreachable(sighting);
  }
}

/** What is seen again where it was, and is no more certain, says nothing new. */
function confirmed(
  state: IntentState,
  attempt: Attempt,
  { slot, final }: Pick<Extract<Sighting, { seen: "landed" }>, "slot" | "final">,
): IntentState {
  const isKnown = state.in === "confirmed" && state.slot === slot && state.final === final;
  return isKnown ? state : { in: "confirmed", attempt, slot, final };
}

/** What failed has moved nothing, but only once that is final can the chain not think again. */
function failed(
  state: IntentState,
  attempt: Attempt,
  { reason, final }: { reason: string; final: boolean },
): IntentState {
  return final ? { in: "refused", attempt, reason } : state;
}
