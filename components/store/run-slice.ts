import type { OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import type { FlowDocument } from "@/flows/graph/graph";
import type { Plan } from "@/flows/plan/plan";
import type { RunEvent } from "@/flows/run/events";
import type { StepStatus } from "@/flows/run/view";

/** What a node shows of a run. */
export type NodeRun = {
  status: StepStatus;
  ms: number | null;
  paid: Money | null;
  /** The question that waits for an answer, when one does. */
  question: OperationId | null;
};

/** A wire shows whether something came along it, or never will. */
export type Progress = {
  nodes: Readonly<Record<string, NodeRun>>;
  wires: Readonly<Record<string, "done" | "skipped">>;
};

/** A run that happened in this page's memory alone, of what was drawn then. */
export type Tried = {
  document: FlowDocument;
  plan: Plan;
  events: readonly RunEvent[];
  values: Readonly<Record<string, Json>>;
};

export type RunSlice = {
  /** The run that the canvas shows; null when it shows none. */
  run: RunId | null;
  nodeRuns: Readonly<Record<string, NodeRun>>;
  /** By `wireKey`. */
  wireRuns: Progress["wires"];
  /** The canvas shows the run as it stood at an earlier event. */
  looksBack: boolean;
  /** The dry run that the canvas shows in the place of a run. */
  tried: Tried | null;
  watch(run: RunId | null): void;
  showTried(tried: Tried): void;
  progressed(progress: Progress): void;
};

export const noRun = { run: null, nodeRuns: {}, wireRuns: {}, looksBack: false, tried: null };

export function runSlice(set: (change: Partial<RunSlice>) => void, get: () => RunSlice): RunSlice {
  return {
    ...noRun,
    watch: (run) => set({ ...noRun, run }),
    showTried: (tried) => set({ ...noRun, tried }),
    progressed({ nodes: next, wires }) {
      const before = get().nodeRuns;
      const kept = Object.entries(next).map(([id, seen]) => {
        const known = before[id];
        return [id, known && same(known, seen) ? known : seen] as const;
      });
      set({ nodeRuns: Object.fromEntries(kept), wireRuns: wires });
    },
  };
}

function same(a: NodeRun, b: NodeRun): boolean {
  return a.status === b.status && a.ms === b.ms && a.question === b.question && a.paid?.amount === b.paid?.amount;
}
