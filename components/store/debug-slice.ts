import type { NodeId, RunId, StepId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";

/** A node at whose steps runs halt: before they begin, or once they have closed. */
export type Break = { node: NodeId; when: "before" | "after" };
/** What a step is taken to have come to: it is neither called nor paid. `run` is where the output was seen. */
export type Pin = {
  node: NodeId;
  step: StepId;
  path: readonly number[];
  output: Readonly<Record<string, Json>>;
  run: RunId;
};

/** How somebody wants to look into the runs of one flow. Kept by this browser; no part of the flow. */
export type Debugging = {
  everyStep: boolean;
  /** Halts before any payment that can be more than this. */
  paymentsAbove: Money | null;
  breaks: readonly Break[];
  pins: readonly Pin[];
};

export type DebugSlice = {
  debugging: Debugging;
  setDebugging(change: Partial<Debugging>): void;
};

export const noDebugging: Debugging = { everyStep: false, paymentsAbove: null, breaks: [], pins: [] };

export function debugSlice(set: (change: Partial<DebugSlice>) => void, get: () => DebugSlice): DebugSlice {
  return {
    debugging: noDebugging,
    setDebugging: (change) => set({ debugging: { ...get().debugging, ...change } }),
  };
}
