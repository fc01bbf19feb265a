import { indexedFrom, toArray } from "../basics/indexed";
import { fromStored, toStored } from "../plan/stored";
import type { RunState, StepState } from "./state";

type Flat = Omit<RunState, "steps"> & { steps: readonly StepState[] };

/** Writes a state down, so that a run can be taken up without reading its whole journal. [R6] */
export function writeSnapshot(state: RunState): string {
  return toStored({ ...state, steps: toArray(state.steps) });
}

export function readSnapshot(text: string): RunState {
  const { steps, ...rest } = fromStored<Flat>(text);
  return { ...rest, steps: indexedFrom(steps) };
}
