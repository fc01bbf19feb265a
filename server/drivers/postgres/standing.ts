import type { Digest, OperationId, RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import type { Chain } from "@/flows/receipts/chain";
import type { Command } from "@/flows/run/commands";
import type { Answer, CancelAsked, Start, Steering } from "@/flows/run/events";
import type { Effect } from "@/flows/run/perform";
import type { RunState } from "@/flows/run/state";

/**
 * A committed command that has no answer yet. `sent`: it may have been sent before; kept for calls that may be made a
 * single time, and for those that then have to wait. `notBeforeMs` is the turn that a call was given by its limits.
 */
export type Outgoing = { command: Command; sent: boolean; notBeforeMs?: number };
export type Outbox = ReadonlyMap<OutboxKey, Outgoing>;
export type OutboxKey = string & { readonly of?: "outbox" };

/** Where one run stands in memory: nothing here is ahead of what has been committed. */
export type Standing = {
  run: RunId;
  planHash: Digest;
  plan: Plan;
  state: RunState | null;
  seq: number;
  snapshotSeq: number;
  /** Units: characters of its text. */
  snapshotSize: number;
  lastAtMs: number;
  chain: Chain;
  outbox: Outbox;
};

/**
 * Something that may move a run. `of` is the command that it answers, `mail` the letter that brought it; an answer of
 * a person has only the second, a timer only the first.
 */
export type Happening = {
  event: Start | CancelAsked | Steering | Answer;
  atMs: number;
  of: OutboxKey | null;
  mail: bigint | null;
};

const EFFECTS: readonly string[] = [
  "reserve",
  "judge",
  "call",
  "capture",
  "release",
  "decide",
  "ask",
  "withdraw",
] satisfies Effect["do"][];

export function isEffect(command: Command): command is Effect {
  return EFFECTS.includes(command.do);
}

const AWAITED: readonly string[] = [
  "reserve",
  "judge",
  "call",
  "capture",
  "release",
  "decide",
] satisfies Effect["do"][];

/**
 * Whether the run's state says by itself that it waits for this command, so that no row has to. A row is kept for what
 * it does not say: that a call which may be made once was sent, the turn that a call was given, which questions are not put yet or must be taken back,
 * and for timers, because the database's own clock calls them due. [R2]
 */
export function isSaidByState({ command, sent, notBeforeMs }: Outgoing): boolean {
  return AWAITED.includes(command.do) && !sent && notBeforeMs === undefined;
}

/** Null for `finish`, which is the end of a run and not an effect. */
export function operationOf(command: Command): OperationId | null {
  if (command.do === "finish") return null;
  return "with" in command ? command.with.operation : command.operation;
}

/** One row of the outbox: an operation may wait for an answer and for a timer at once. */
export function outboxKey(kind: Command["do"], operation: OperationId): OutboxKey {
  return `${kind} ${operation}`;
}
