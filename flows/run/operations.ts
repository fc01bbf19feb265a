import type { OperationId, RunId, StepId } from "../basics/ids";
import type { Plan } from "../plan/plan";
import { indexOfPlan } from "../plan/plan-index";
import { pathOf, type Spot, spotOn } from "./spots";
import type { RunPhase, StepState } from "./state";

const RUN_LEGS = { reserving: "reserve", releasing: "release" } as const;
export type RunLeg = keyof typeof RUN_LEGS;

/** One effect of a step: what it is, and which attempt or part of it, from 0. */
export type Leg = { leg: "judge" | "call" | "capture" | "decide" | "ask" | "wait" | "rest"; part: number };

/** Made of what the run is doing, not of chance: a resumed run finds the same id. `run/step@2.0/call.1` [R2] */
export function stepOperation(run: RunId, spot: Spot, leg: Leg): OperationId {
  return operationNamed(run, { step: spot.id, path: pathOf(spot) }, leg);
}

export function operationNamed(
  run: RunId,
  { step, path }: { step: StepId; path: readonly number[] },
  { leg, part }: Leg,
): OperationId {
  const iteration = path.length === 0 ? "" : `@${path.join(".")}`;
  return `${run}/${step}${iteration}/${leg}${part === 0 ? "" : `.${part}`}` as OperationId;
}

export function runOperation(run: RunId, leg: RunLeg): OperationId {
  return `${run}/${RUN_LEGS[leg]}` as OperationId;
}

/** The timer that ends a run which has been at work for as long as it may be. */
export function deadlineOperation(run: RunId): OperationId {
  return `${run}/deadline` as OperationId;
}

/** The step that an operation belongs to, as it is named: `null` for an operation of the run as a whole. */
export function stepOfOperation(run: RunId, operation: OperationId): { step: StepId; path: number[] } | null {
  if (!operation.startsWith(`${run}/`)) return null;
  const [name = "", leg, ...more] = operation.slice(run.length + 1).split("/");
  if (leg === undefined || more.length > 0) return null;
  const [step = "", path] = name.split("@");
  return { step: step as StepId, path: path === undefined ? [] : path.split(".").map(Number) };
}

/** The spot that an operation of this run belongs to; null when it is none of a step of the plan. */
export function spotOfOperation(plan: Plan, run: RunId, operation: OperationId): Spot | null {
  const named = stepOfOperation(run, operation);
  const place = named ? indexOfPlan(plan).placeOf.get(named.step) : undefined;
  return named && place !== undefined ? spotOn(plan, place, named.path) : null;
}

/** The one leg whose answer a step waits for; null when it waits for none. [R4] */
export function awaitedLeg(stands: StepState): Leg | null {
  switch (stands.in) {
    case "unknown":
      return awaitedLeg(stands.was);
    case "judging":
      return { leg: "judge", part: 0 };
    case "calling":
      return { leg: "call", part: stands.attempt };
    case "capturing":
      return { leg: "capture", part: 0 };
    case "deciding":
      return { leg: "decide", part: stands.part };
    case "asking":
      return { leg: "ask", part: stands.part ?? 0 };
    case "waiting":
      return { leg: "wait", part: 0 };
    case "resting":
      return { leg: "rest", part: stands.attempt };
    default:
      return null;
  }
}

export function awaitedRunLeg(phase: RunPhase): RunLeg | null {
  if (phase.in === "unknown") return phase.was.in;
  return phase.in in RUN_LEGS ? (phase.in as RunLeg) : null;
}
