import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { toStored } from "@/flows/plan/stored";
import { type Chain, extended, type SealedReceipt, sealClosing, sealStep } from "@/flows/receipts/chain";
import type { SigningKey } from "@/flows/receipts/keys";
import type { Command } from "@/flows/run/commands";
import type { RunEvent } from "@/flows/run/events";
import { awaitedLeg, awaitedRunLeg, runOperation, spotOfOperation, stepOperation } from "@/flows/run/operations";
import type { Receipt, RunState } from "@/flows/run/state";
import { stepStateAt } from "@/flows/run/step-state";
import { transition } from "@/flows/run/transition";
import { isClockOf } from "@/flows/run/work-clock";
import { type Happening, type OutboxKey, type Outgoing, operationOf, outboxKey, type Standing } from "./standing";

export type EventRow = { seq: number; event: string; atMs: number };
/** What a question has come to: its row says so in the transaction that journals the answer. */
export type Settled = {
  operation: OperationId;
  /** `replaced`: somebody edited it, and it is asked anew. */
  state: "answered" | "timed_out" | "replaced" | "withdrawn";
  by: AccountId | null;
  answer: string | null;
  atMs: number;
};

/** What some happenings make of a run: rows to write, and where it stands once they are written. */
export type Advance = {
  state: RunState | null;
  seq: number;
  lastAtMs: number;
  chain: Chain;
  events: readonly EventRow[];
  receipts: readonly SealedReceipt[];
  settled: readonly Settled[];
  put: ReadonlyMap<OutboxKey, Outgoing>;
  drop: ReadonlySet<OutboxKey>;
};

type Making = {
  readonly standing: Standing;
  state: RunState | null;
  seq: number;
  lastAtMs: number;
  chain: Chain;
  readonly events: EventRow[];
  readonly receipts: SealedReceipt[];
  readonly settled: Settled[];
  readonly put: Map<OutboxKey, Outgoing>;
  readonly drop: Set<OutboxKey>;
};

/**
 * Takes happenings in, one after the other. One that moves nothing is not journalled: it answered nothing.
 * Errors: throws what the transition throws, and when an answer to a command of this run is not taken, because then
 * nothing would ever move it again. Both are bugs, and stop this run alone.
 */
export function advance(standing: Standing, happenings: readonly Happening[], key: SigningKey): Advance {
  const { state, seq, lastAtMs, chain } = standing;
  const lists = { events: [], receipts: [], settled: [] };
  const making: Making = { standing, state, seq, lastAtMs, chain, ...lists, put: new Map(), drop: new Set() };
  for (const happening of happenings) take(making, happening, key);
  return making;
}

function take(making: Making, { event: happened, atMs, of }: Happening, key: SigningKey): void {
  const event: RunEvent = { ...happened, atMs: Math.max(atMs, making.lastAtMs) };
  const before = making.state;
  const { state, commands, receipts } = transition(making.standing.plan, before, event);
  if (before !== null && state === before) {
    if (of !== null && isOut(making, of)) throw new Error(`the run does not take the answer to "${of}"`);
    return;
  }
  making.state = state;
  making.seq += 1;
  making.lastAtMs = event.atMs;
  making.events.push({ seq: making.seq, event: toStored(event), atMs: event.atMs });
  if ("operation" in event) dropOperation(making, event.operation);
  // Whatever a failure takes back, of the run or of a body that caught it, is waited for no more.
  const clockMoved = before?.clock?.dueAtMs !== state.clock?.dueAtMs;
  if (state.ending || clockMoved || receipts.some(({ code }) => code !== null)) dropObsolete(making, state);
  for (const command of commands) putOut(making, command);
  seal(making, receipts, key);
  const settled = before ? settledQuestion(making.standing.plan, { before, after: state }, event) : null;
  if (settled) making.settled.push(settled);
  if (state.phase.in === "finished" && before?.phase.in !== "finished")
    append(making, sealClosing(making.chain, state, key));
}

function seal(making: Making, receipts: readonly Receipt[], key: SigningKey): void {
  for (const receipt of receipts) append(making, sealStep(making.chain, receipt, key));
}

/** What a question came to by this event; null when it is none that a question waited for, was never put, or is open yet. */
function settledQuestion(
  plan: Plan,
  { before, after }: { before: RunState; after: RunState },
  event: RunEvent,
): Settled | null {
  const spot = "operation" in event ? spotOfOperation(plan, before.run, event.operation) : null;
  const stands = spot ? stepStateAt(before.steps, spot.slot) : null;
  if (!("operation" in event) || !spot || stands?.in !== "asking") return null;
  const { operation, atMs } = event;
  if (atMs >= stands.untilMs) return { operation, atMs, state: "timed_out", by: null, answer: null };
  if (event.type !== "approval_answered") return null;
  const { by, answer } = event;
  if (answer === "withdrawn") return { operation, atMs, state: "withdrawn", by, answer: null };
  const now = stepStateAt(after.steps, spot.slot);
  if (now.in !== "asking") return { operation, atMs, state: "answered", by, answer };
  return now.part === stands.part ? null : { operation, atMs, state: "replaced", by, answer: null };
}

function append(making: Making, receipt: SealedReceipt): void {
  making.receipts.push(receipt);
  making.chain = extended(making.chain, receipt);
}

function putOut(making: Making, command: Command): void {
  const operation = operationOf(command);
  if (operation === null) return;
  const key = outboxKey(command.do, operation);
  making.drop.delete(key); // the row is written over
  making.put.set(key, { command, sent: false });
}

function isOut({ standing, put, drop }: Making, key: OutboxKey): boolean {
  return put.has(key) || (standing.outbox.has(key) && !drop.has(key));
}

const KINDS: readonly Command["do"][] = [
  "reserve",
  "judge",
  "call",
  "capture",
  "release",
  "decide",
  "ask",
  "ask_what_happened",
  "start_timer",
];

/** An answer ends whatever its operation waited for: the answer itself, and the timer that stood for silence. */
function dropOperation(making: Making, operation: OperationId): void {
  for (const kind of KINDS) dropKey(making, outboxKey(kind, operation));
}

function dropKey({ standing, put, drop }: Making, key: OutboxKey): void {
  put.delete(key);
  if (standing.outbox.has(key)) drop.add(key);
}

/** A run that comes to its end takes back questions and gives up calls: what they waited for is waited for no more. */
function dropObsolete(making: Making, state: RunState): void {
  for (const [key, { command }] of [...making.standing.outbox, ...making.put])
    if (!isAwaited(making.standing, state, command)) dropKey(making, key);
}

function isAwaited({ run, plan }: Standing, state: RunState, command: Command): boolean {
  const operation = operationOf(command);
  if (operation === null || command.do === "withdraw") return true;
  const spot = spotOfOperation(plan, run, operation);
  if (spot === null) return operation === operationOfRun(run, state) || isClockOf(state, operation);
  const leg = awaitedLeg(stepStateAt(state.steps, spot.slot));
  return leg !== null && operation === stepOperation(run, spot, leg);
}

function operationOfRun(run: RunId, state: RunState): OperationId | null {
  const leg = awaitedRunLeg(state.phase);
  return leg === null ? null : runOperation(run, leg);
}
