import type { Digest } from "../basics/ids";
import { entriesOf } from "../basics/sparse";
import { unreachable } from "../basics/unreachable";
import { isContainer } from "../plan/instructions";
import { indexOfPlan, RUN } from "../plan/plan-index";
import type { ValueRef } from "../ports/values";
import { closeStep } from "./closing";
import { type Draft, draftStandings, isOver, move, moveRound, nameOf, roundState, standing, stepAt } from "./draft";
import { beginRounds, openRound, openStep } from "./opening";
import { roundsKept } from "./rounds-kept";
import { besideOf, endOf, type Round, roundAt, type Spot } from "./spots";
import type { RoundEnding, Rounds } from "./state";
import { keptOf } from "./takes";
import { waitBeforeAsking } from "./waits";

/** Follows up everything that the event has closed, until nothing follows any more. */
export function followUp(draft: Draft): void {
  for (;;) {
    const closed = draft.closed.pop();
    if (closed) {
      feed(draft, closed);
      continue;
    }
    const [round] = draft.settled.values();
    if (!round) return;
    draft.settled.delete(round.base);
    if (round.above) finishRound(draft, round, round.above);
  }
}

/** A closed port lets its followers come nearer to opening; every other port of the step never opens again. [R13] */
function feed(draft: Draft, { spot, port: closed }: { spot: Spot; port: string | null }): void {
  const { feeds } = indexOfPlan(draft.plan);
  for (const { step, port } of feeds[spot.step] ?? []) {
    if (isOver(draft, spot.round)) return; // nothing is opened any more [R1]
    heed(draft, besideOf(draft.plan, spot.round, step), closed === port);
  }
}

function heed(draft: Draft, spot: Spot, opened: boolean): void {
  const waiting = standing(draft, spot.slot);
  if (waiting.in !== "blocked") return;
  const { gates, need = gates.length } = stepAt(draft, spot);
  const next = { ...waiting, [opened ? "opened" : "missed"]: waiting[opened ? "opened" : "missed"] + 1 };
  if (next.opened >= need) openStep(draft, spot);
  else if (next.missed > gates.length - need) {
    move(draft, spot, { in: "skipped" });
    draft.closed.push({ spot, port: null });
  } else move(draft, spot, next);
}

/** A round whose steps have all settled, or which is ending with nothing under way, is over. */
function finishRound(draft: Draft, round: Round, container: Spot): void {
  const state = roundState(draft, round);
  const stands = standing(draft, container.slot);
  if (state?.in !== "round" || stands.in !== "iterating") return;
  const { rounds } = stands;
  if (state.ending) {
    if (hasOpen(draft, round)) return;
    forget(draft, round);
    if (!isOver(draft, container.round)) afterFailure(draft, { round, container }, { rounds, ending: state.ending });
    return;
  }
  const body = indexOfPlan(draft.plan).bodies.get(container.step);
  if (state.settled < (body?.steps.length ?? 0) || isOver(draft, round)) return;
  const { instruction } = stepAt(draft, container);
  if (!isContainer(instruction)) throw new TypeError(`${container.id} has no body`);
  const value = keptOf(draftStandings(draft), round, instruction.gives);
  forget(draft, round);
  switch (instruction.op) {
    case "map":
      mapped(draft, { round, container }, { rounds, value });
      return;
    case "loop":
      looped(draft, { round, container }, { rounds, value });
      return;
    case "try":
      closeStep(draft, container, { port: "done", gives: value ? { result: value } : {} });
      return;
    default:
      unreachable(instruction);
      return;
  }
}

type Over = { round: Round; container: Spot };
type Came = { rounds: Rounds; value: ValueRef | null };

/** Every round done, the list of what they came to is made; before that, the next may begin. */
function mapped(draft: Draft, { round, container }: Over, { rounds, value }: Came): void {
  moveRound(draft, round, { in: "kept", value });
  const left = { ...rounds, live: rounds.live - 1, done: rounds.done + 1 };
  if (left.done < left.count) {
    beginRounds(draft, container, left);
    return;
  }
  allMapped(draft, container, left);
}

/** Asks for the list of what the rounds came to. */
export function allMapped(draft: Draft, container: Spot, rounds: Rounds): void {
  move(draft, container, { in: "deciding", part: 1, held: null, took: null, rounds, tries: 0 });
}

/** A loop asks its condition before every round; at its bound it stops without asking. [R17] */
function looped(draft: Draft, { round, container }: Over, { rounds, value }: Came): void {
  const { instruction } = stepAt(draft, container);
  if (instruction.op !== "loop") throw new TypeError(`${container.id} loops nothing`);
  const next = { ...rounds, live: 0, done: rounds.done + 1, carried: value ?? rounds.carried };
  if (next.done >= instruction.most) closeLoop(draft, container, { port: instruction.atLimit, rounds: next });
  else
    move(draft, container, { in: "deciding", part: round.round + 1, held: null, took: null, rounds: next, tries: 0 });
}

/** The list is made: nothing of the single rounds is kept any longer. */
export function closeMap(draft: Draft, container: Spot, output: Digest): void {
  for (const [number] of roundsKept(draft.plan, draft.before.steps, container)) {
    const round = roundAt(draft.plan, container, number);
    if (round) moveRound(draft, round, null);
  }
  closeStep(draft, container, { port: "done", output });
}

export function closeLoop(draft: Draft, container: Spot, { port, rounds }: { port: string; rounds: Rounds }): void {
  closeStep(draft, container, { port, gives: rounds.carried ? { value: rounds.carried } : {} });
}

/**
 * An error that was caught: the body is done again after a pause, or the step closes on the port that tells of it. A loop
 * that has come to its cap keeps what the rounds before came to. [R14] [R33]
 */
function afterFailure(draft: Draft, { round, container }: Over, ended: { rounds: Rounds; ending: RoundEnding }): void {
  const { instruction } = stepAt(draft, container);
  if (instruction.op === "loop") {
    closeLoop(draft, container, { port: instruction.atLimit, rounds: ended.rounds });
    return;
  }
  const { code, reason, short } = ended.ending;
  const attempt = round.round + 1;
  // What this body or one around it has left is not more in the next attempt.
  const isSpent = short !== undefined && short <= container.slot;
  if (instruction.op === "try" && attempt < instruction.attempts && !isSpent) {
    const untilMs = draft.nowMs + waitBeforeAsking(round.round, nameOf(draft, container));
    move(draft, container, { in: "resting", untilMs, attempt, held: null });
    return;
  }
  const error: ValueRef = { from: "constant", value: { code, reason } };
  closeStep(draft, container, { port: "caught", gives: { error } });
}

/** The pause is over: the next attempt at a body. */
export function tryAgain(draft: Draft, container: Spot, attempt: number): void {
  const { instruction } = stepAt(draft, container);
  if (instruction.op !== "try") throw new TypeError(`${container.id} tries nothing`);
  const rounds = { count: instruction.attempts, next: attempt, live: 1, done: attempt, carried: null };
  move(draft, container, { in: "iterating", rounds });
  openRound(draft, container, attempt);
}

/** What a round did is dropped: what it came to is all that anybody asks for later. [R6] */
function forget(draft: Draft, round: Round): void {
  const end = endOf(draft.plan, round);
  const kept = entriesOf(draft.before.steps, round.base, end).map(([slot]) => slot);
  const changed = [...draft.changed.keys()].filter((slot) => slot >= round.base && slot < end);
  for (const slot of [...kept, ...changed]) draft.changed.set(slot, undefined);
  for (const slot of [...draft.purses.keys()]) if (slot >= round.base && slot < end) draft.purses.delete(slot);
}

function hasOpen(draft: Draft, round: Round): boolean {
  const end = endOf(draft.plan, round);
  for (const slot of draft.open) if (slot > round.base && slot < end) return true;
  return false;
}

/** Whether every step of the run has settled. */
export function allSettled(draft: Draft): boolean {
  const top = roundState(draft, { base: 0, above: null, round: 0 });
  const { bodies } = indexOfPlan(draft.plan);
  return top?.in === "round" && top.settled === (bodies.get(RUN)?.steps.length ?? 0);
}
