import type { OperationId, RunId, StepId } from "../basics/ids";
import type { RunPhase, StepState } from "./state";

/** The legs of a step, by the phase in which their answer is awaited. */
const STEP_LEGS = { calling: "call", capturing: "capture", deciding: "decide", asking: "ask" } as const;
const RUN_LEGS = { reserving: "reserve", releasing: "release" } as const;

export type StepLeg = keyof typeof STEP_LEGS;
export type RunLeg = keyof typeof RUN_LEGS;

/** Made of what the run is doing, not of chance: a resumed run finds the same id. [R2] */
export function stepOperation(run: RunId, step: StepId, leg: StepLeg): OperationId {
  return `${run}/${step}/${STEP_LEGS[leg]}` as OperationId;
}

export function runOperation(run: RunId, leg: RunLeg): OperationId {
  return `${run}/${RUN_LEGS[leg]}` as OperationId;
}

/** The step that an operation belongs to; null for an operation of the run as a whole. */
export function stepOfOperation(operation: OperationId): StepId | null {
  const [, step, leg] = operation.split("/");
  return leg === undefined ? null : (step as StepId);
}

/** The one leg whose answer a step waits for; null when it waits for none. [R4] */
export function awaitedLeg(step: StepState): StepLeg | null {
  if (step.in === "unknown") return step.was.in;
  return step.in in STEP_LEGS ? (step.in as StepLeg) : null;
}

export function awaitedRunLeg(phase: RunPhase): RunLeg | null {
  if (phase.in === "unknown") return phase.was.in;
  return phase.in in RUN_LEGS ? (phase.in as RunLeg) : null;
}
