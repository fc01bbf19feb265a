import { emptySparse, entriesOf, withChanges } from "../basics/sparse";
import { fromStored, toStored } from "../plan/stored";
import type { RoundState, RunState, StepState } from "./state";

type Flat = Omit<RunState, "steps"> & { size: number; steps: readonly [number, StepState | RoundState][] };

/** Writes a state down, so that a run can be taken up without reading its whole journal. [R6] */
export function writeSnapshot(state: RunState): string {
  return toStored({ ...state, size: state.steps.size, steps: entriesOf(state.steps) });
}

export function readSnapshot(text: string): RunState {
  const { size, steps, ...rest } = fromStored<Flat>(text);
  return { ...rest, steps: withChanges(emptySparse(size), new Map(steps)) };
}
