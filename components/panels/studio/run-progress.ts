import type { ShownRun } from "@/components/api/answers";
import type { NodeRun } from "@/components/store/run-slice";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import type { StepView } from "@/flows/run/view";

type Seen = Pick<ShownRun, "steps" | "document">;

/** What each node shows of a run: its own step, or for those without a step, what has reached them. */
export function progressOf({ steps, document }: Seen): Record<string, NodeRun> {
  const byNode = new Map<string, StepView>(steps.map((step) => [step.node, step]));
  return Object.fromEntries(
    document.nodes.map((node) => {
      const step = byNode.get(node.id);
      return [node.id, step ? ofStep(step) : { ...still, status: reached(document, byNode, node.id) }];
    }),
  );
}

const still = { ms: null, paid: null, question: null };

function ofStep({ status, openedAtMs, closedAtMs, paid, question }: StepView): NodeRun {
  const ms = openedAtMs !== null && closedAtMs !== null ? closedAtMs - openedAtMs : null;
  return { status, ms, paid, question: question?.operation ?? null };
}

function reached(document: FlowDocument, steps: ReadonlyMap<string, StepView>, node: string): NodeRun["status"] {
  const wires = document.wires.filter(({ to }) => to.node === node);
  const arrivals = wires.map((wire) => arrivalOf(wire, steps.get(wire.from.node)));
  if (arrivals.includes("skipped")) return "skipped";
  return arrivals.every((arrival) => arrival === "done") ? "done" : "waiting";
}

/** What a wire has brought: from a node without a step, the run's input, which is there from the start. */
function arrivalOf({ from }: Wire, step: StepView | undefined): "done" | "waiting" | "skipped" {
  if (!step) return "done";
  if (step.status === "skipped" || step.status === "failed") return "skipped";
  if (step.status !== "done") return "waiting";
  return step.op === "call" || step.port === from.output ? "done" : "skipped";
}
