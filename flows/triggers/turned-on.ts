import type { AccountId, Digest, FlowId, NodeId, RunId, TriggerId } from "../basics/ids";
import type { Json } from "../basics/json";
import type { Money } from "../basics/money";
import type { Missed } from "./missed";

export type Firing =
  | { on: "schedule"; cron: string; zone: string; missed: Missed }
  | { on: "webhook" }
  | { on: "event"; event: string };

/**
 * What the payer agreed to when they turned a trigger on: runs of one plan, each at most its bound, all of a day at most
 * `mostPerDay`, in one currency. `input` is what every run is given beside what the firing brings.
 */
export type Agreed = {
  owner: AccountId;
  flow: FlowId;
  flowVersion: number;
  node: NodeId;
  plan: Digest;
  bound: Money;
  mostPerDay: Money;
  input: Readonly<Record<string, Json>>;
  firing: Firing;
};

/** Units: milliseconds since the epoch. `counted` is what the starts of the last 24 hours may come to. */
export type TurnedOn = Agreed & {
  id: TriggerId;
  isOn: boolean;
  onAtMs: number;
  nextAtMs: number | null;
  counted: Money;
  oldSecretUntilMs: number | null;
};

/** One firing, named by its key. `depth` counts the runs that led to it through events. */
export type NewStart = { trigger: TriggerId; key: string; run: RunId; brings: Json; depth: number };

/** `admitted` means that it counts towards the cap of the day; `refused` has a cause. */
export type StartState = "queued" | "admitted" | "started" | "refused";

/** Why a start came to nothing: its code, and what its reader needs to act. */
export type Cause = { readonly code: string };

export type KnownStart = { trigger: TriggerId; key: string; run: RunId; state: StartState; cause: Cause | null };
