import type { Break, Debugging } from "@/components/store/debug-slice";
import type { NodeId, StepId } from "@/flows/basics/ids";
import type { Stop } from "@/flows/run/events";

type PlanStep = { id: StepId; node: NodeId };

/**
 * Where a run of these steps halts. Before a node is before the first of its steps, after it is after its last; a node
 * that has none halts nothing.
 */
export function stopsOf(debugging: Omit<Debugging, "pins">, steps: readonly PlanStep[]): Stop[] {
  const { everyStep, paymentsAbove, breaks } = debugging;
  return [
    ...(everyStep ? [{ before: "every_step" } as const] : []),
    ...(paymentsAbove ? [{ before: "payment", above: paymentsAbove } as const] : []),
    ...breaks.flatMap(({ node, when }): Stop[] => {
      const own = steps.filter((step) => step.node === node);
      const step = when === "before" ? own.at(0) : own.at(-1);
      if (!step) return [];
      return [when === "before" ? { before: "step", step: step.id } : { after: "step", step: step.id }];
    }),
  ];
}

export function hasBreak(breaks: readonly Break[], wanted: Break): boolean {
  return breaks.some(({ node, when }) => node === wanted.node && when === wanted.when);
}

export function toggleBreak(breaks: readonly Break[], wanted: Break): readonly Break[] {
  const others = breaks.filter(({ node, when }) => node !== wanted.node || when !== wanted.when);
  return others.length < breaks.length ? others : [...breaks, wanted];
}
