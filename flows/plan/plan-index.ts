import type { AccountId, AgentId, StepId } from "../basics/ids";
import type { Plan } from "./plan";

/** What a run looks up at every event, worked out once a plan. */
export type PlanIndex = {
  /** For each step, who waits for it, and for which of its ports. */
  feeds: readonly (readonly { step: number; port: string }[])[];
  placeOf: ReadonlyMap<StepId, number>;
  agents: ReadonlySet<AgentId>;
  payees: ReadonlySet<AccountId>;
};

const known = new WeakMap<Plan, PlanIndex>();

export function indexOfPlan(plan: Plan): PlanIndex {
  const earlier = known.get(plan);
  if (earlier) return earlier;
  const feeds = plan.steps.map((): { step: number; port: string }[] => []);
  for (const [step, { gates }] of plan.steps.entries())
    for (const gate of gates) feeds[gate.step]?.push({ step, port: gate.port });
  const index = {
    feeds,
    placeOf: new Map(plan.steps.map((step, place) => [step.id, place])),
    agents: new Set(plan.authority.agents),
    payees: new Set(plan.authority.payees.map(({ payee }) => payee)),
  };
  known.set(plan, index);
  return index;
}
