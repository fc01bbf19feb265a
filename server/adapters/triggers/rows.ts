import type { AccountId, Digest, FlowId, NodeId, RunId, TriggerId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { type Currency, money } from "@/flows/basics/money";
import { fromStored } from "@/flows/plan/stored";
import type { Missed } from "@/flows/triggers/missed";
import type { Agreed, Cause, Firing, KnownStart, StartState } from "@/flows/triggers/turned-on";

/** A trigger as its table has it. */
export type TriggerRow = {
  id: TriggerId;
  owner_id: AccountId;
  flow_id: FlowId;
  flow_version: number;
  node: NodeId;
  kind: Firing["on"];
  cron: string | null;
  zone: string | null;
  missed: Missed | null;
  event: string | null;
  plan: Digest;
  input: string;
  currency: Currency;
  bound: string;
  most_per_day: string;
};

export function agreedOf(row: TriggerRow): Agreed {
  return {
    owner: row.owner_id,
    flow: row.flow_id,
    flowVersion: row.flow_version,
    node: row.node,
    plan: row.plan,
    bound: money(row.currency, BigInt(row.bound)),
    mostPerDay: money(row.currency, BigInt(row.most_per_day)),
    input: JSON.parse(row.input) as Record<string, Json>,
    firing: firingOf(row),
  };
}

function firingOf({ kind, cron, zone, missed, event }: TriggerRow): Firing {
  if (kind === "schedule" && cron !== null && zone !== null && missed !== null)
    return { on: "schedule", cron, zone, missed };
  if (kind === "event" && event !== null) return { on: "event", event };
  if (kind === "webhook") return { on: "webhook" };
  throw new Error(`a trigger of the kind ${kind} lacks what fires it`);
}

export type StartRow = {
  trigger_id: TriggerId;
  key: string;
  run_id: RunId;
  digest: Digest;
  state: StartState;
  cause: string | null;
};

export function startOf({ trigger_id: trigger, key, run_id: run, state, cause }: StartRow): KnownStart {
  return { trigger, key, run, state, cause: cause === null ? null : fromStored<Cause>(cause) };
}
