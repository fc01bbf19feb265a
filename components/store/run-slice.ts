import type { NodeId, OperationId, RunId } from "@/flows/basics/ids";
import type { Money } from "@/flows/basics/money";
import type { StepStatus } from "@/flows/run/view";

/** What a node shows of a run. */
export type NodeRun = {
  status: StepStatus;
  ms: number | null;
  paid: Money | null;
  /** The question that waits for an answer, when one does. */
  question: OperationId | null;
};

export type RunSlice = {
  /** The run that the canvas shows; null when it shows none. */
  run: RunId | null;
  nodeRuns: Readonly<Record<string, NodeRun>>;
  watch(run: RunId | null): void;
  progressed(nodeRuns: Readonly<Record<NodeId, NodeRun>>): void;
};

export const noRun = { run: null, nodeRuns: {} };

export function runSlice(set: (change: Partial<RunSlice>) => void, get: () => RunSlice): RunSlice {
  return {
    ...noRun,
    watch: (run) => set({ run, nodeRuns: {} }),
    progressed(next) {
      const before = get().nodeRuns;
      const kept = Object.entries(next).map(([id, seen]) => {
        const known = before[id];
        return [id, known && same(known, seen) ? known : seen] as const;
      });
      set({ nodeRuns: Object.fromEntries(kept) });
    },
  };
}

function same(a: NodeRun, b: NodeRun): boolean {
  return a.status === b.status && a.ms === b.ms && a.question === b.question && a.paid?.amount === b.paid?.amount;
}
