import type { Instruction } from "../plan/instructions";
import type { Step, TimeBound } from "../plan/plan";
import { bodiesOf, type Members } from "./bodies";

/** The longest pauses before another attempt: 1, 2, 4, 8, 16 seconds and a quarter more. Units: milliseconds. [R32] */
const PAUSE_MS = [1_250, 2_500, 5_000, 10_000, 20_000];
const NO_TIME: TimeBound = { workMs: 0, waitMs: 0 };

/**
 * The longest that a run can take, at work and waiting apart: along the longest chain of steps, bodies as often as they
 * can be done one after the other. Effects whose outcome is being asked for come on top. [C12]
 */
export function timeOf(steps: readonly Step[]): TimeBound {
  const bodies = bodiesOf(steps);
  return bodyTime({ steps, bodies }, bodies.get(-1) ?? []);
}

type Timing = { steps: readonly Step[]; bodies: ReadonlyMap<number, Members> };

function bodyTime(timing: Timing, members: Members): TimeBound {
  const ends = new Map<number, TimeBound>();
  let last = NO_TIME;
  for (const place of members) {
    const step = timing.steps[place];
    if (!step) continue;
    const before = step.gates.reduce((latest, gate) => later(latest, ends.get(gate.step) ?? NO_TIME), NO_TIME);
    const own = stepTime(timing, place, step.instruction);
    const end = { workMs: before.workMs + own.workMs, waitMs: before.waitMs + own.waitMs };
    ends.set(place, end);
    last = later(last, end);
  }
  return last;
}

function stepTime(timing: Timing, place: number, instruction: Instruction): TimeBound {
  const inside = (times: number) => {
    const { workMs, waitMs } = bodyTime(timing, timing.bodies.get(place) ?? []);
    return { workMs: workMs * times, waitMs: waitMs * times };
  };
  switch (instruction.op) {
    case "call":
      return { workMs: instruction.deadlineMs * (instruction.retries + 1) + pauses(instruction.retries), waitMs: 0 };
    case "model":
      return { workMs: instruction.deadlineMs, waitMs: 0 };
    case "ask":
      return { workMs: 0, waitMs: instruction.timeoutMs };
    case "wait":
      return { workMs: 0, waitMs: instruction.mostMs };
    case "map":
      return inside(Math.ceil(instruction.most / instruction.atOnce));
    case "loop":
      return inside(instruction.most);
    case "try": {
      const { workMs, waitMs } = inside(instruction.attempts);
      return { workMs: workMs + pauses(instruction.attempts - 1), waitMs };
    }
    default:
      return NO_TIME;
  }
}

function pauses(count: number): number {
  let total = 0;
  for (let attempt = 0; attempt < count; attempt++) total += PAUSE_MS[Math.min(attempt, PAUSE_MS.length - 1)] ?? 0;
  return total;
}

function later(a: TimeBound, b: TimeBound): TimeBound {
  return { workMs: Math.max(a.workMs, b.workMs), waitMs: Math.max(a.waitMs, b.waitMs) };
}
