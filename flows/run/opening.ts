import { unreachable } from "../basics/unreachable";
import { closeStep } from "./closing";
import { type Draft, draftStandings, isOver, move, moveRound, stepAt } from "./draft";
import { halt, haltsOpening } from "./halting";
import { openPaying } from "./payments";
import { standIn } from "./pins";
import { putQuestion } from "./questions";
import { type Round, roundAt, type Spot, spotsIn } from "./spots";
import type { Rounds } from "./state";
import { gatesOpen, takesOf } from "./takes";

const DECIDING = { in: "deciding", part: 0, held: null, took: null, rounds: null, tries: 0 } as const;

/** Opens a step whose gates are open, unless it is pinned, or the payer wants the run to wait before it. [R27] [R29] [R30] */
export function openStep(draft: Draft, spot: Spot): void {
  if (standIn(draft, spot)) return;
  if (haltsOpening(draft, spot)) halt(draft, spot, { before: "opening" });
  else openNow(draft, spot);
}

/** What pays is judged before anything is sent. [R7] */
export function openNow(draft: Draft, spot: Spot): void {
  const { instruction } = stepAt(draft, spot);
  switch (instruction.op) {
    case "call":
    case "model":
    case "pay":
      openPaying(draft, spot, instruction);
      return;
    case "ask":
      putQuestion(draft, spot, null);
      return;
    case "wait": {
      const { until, mostMs } = instruction;
      if ("expression" in until) {
        move(draft, spot, DECIDING);
        return;
      }
      move(draft, spot, { in: "waiting", untilMs: draft.nowMs + Math.min(until.afterMs, mostMs) });
      return;
    }
    case "pass":
      closeStep(draft, spot, { port: "done" });
      return;
    case "join":
      move(draft, spot, { ...DECIDING, took: gatesOpen(draftStandings(draft), spot) });
      return;
    case "choose":
    case "guard":
    case "compute":
    case "map":
      move(draft, spot, DECIDING);
      return;
    case "loop": {
      const carried = takesOf(draftStandings(draft), spot).value ?? null;
      move(draft, spot, { ...DECIDING, rounds: { ...begun(instruction.most), carried } });
      return;
    }
    case "try":
      move(draft, spot, { in: "iterating", rounds: begun(instruction.attempts) });
      openRound(draft, spot, 0);
      return;
    default:
      unreachable(instruction);
      return;
  }
}

export function begun(count: number): Rounds {
  return { count, next: 0, live: 0, done: 0, carried: null };
}

/** Begins one round of a body: whatever in it waits for nothing opens. Errors: RangeError beyond the bound of the plan. */
export function openRound(draft: Draft, container: Spot, number: number): void {
  const round = roundAt(draft.plan, container, number);
  if (!round) throw new RangeError(`${container.id} has no round ${number}`);
  openRoundOf(draft, round);
}

/** The same of a round that is known, the whole run among them. */
export function openRoundOf(draft: Draft, round: Round): void {
  moveRound(draft, round, { in: "round", settled: 0, ending: null });
  draft.settled.set(round.base, round); // a body without steps is over as it begins
  for (const spot of spotsIn(draft.plan, round))
    if (stepAt(draft, spot).gates.length === 0 && !isOver(draft, round)) openStep(draft, spot);
}

/** Begins as many rounds of a map as may be under way at once. */
export function beginRounds(draft: Draft, container: Spot, rounds: Rounds): void {
  const { instruction } = stepAt(draft, container);
  if (instruction.op !== "map") throw new TypeError(`${container.id} maps nothing`);
  const first = rounds.next;
  const room = Math.min(instruction.atOnce - rounds.live, rounds.count - first);
  const next = { ...rounds, next: first + room, live: rounds.live + room };
  move(draft, container, { in: "iterating", rounds: next });
  for (let number = first; number < first + room; number++) openRound(draft, container, number);
}
