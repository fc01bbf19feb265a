import type { AccountId, AgentId, StepId } from "../basics/ids";
import { isContainer, roundsOf } from "./instructions";
import type { Plan } from "./plan";

/** The container of the steps that lie in none: the run itself, whose body is done once. */
export const RUN = -1;

/**
 * The body of one container. A round of it takes `size` slots: the first tells of the round, the others are those of its
 * `steps`, in order, each at its own offset.
 */
export type Body = { steps: readonly number[]; size: number };

/** What a run looks up at every event, worked out once a plan. A body is found under the step that contains it. */
export type PlanIndex = {
  /** For each step, who waits for it, and for which of its ports. */
  feeds: readonly (readonly { step: number; port: string }[])[];
  bodies: ReadonlyMap<number, Body>;
  containerOf: readonly number[];
  /** Where a step lies in a round of its body, in slots. */
  offsetOf: readonly number[];
  /** The slots of the whole run: one for every step that there could be, with its iteration path. */
  slots: number;
  placeOf: ReadonlyMap<StepId, number>;
  idOf: readonly StepId[];
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
    ...slotsOf(plan),
    idOf: plan.steps.map(({ id }) => id),
    placeOf: new Map(plan.steps.map((step, place) => [step.id, place])),
    agents: new Set(plan.authority.agents),
    payees: new Set(plan.authority.payees.map(({ payee }) => payee)),
  };
  known.set(plan, index);
  return index;
}

function slotsOf(plan: Plan): Pick<PlanIndex, "bodies" | "containerOf" | "offsetOf" | "slots"> {
  const containerOf = containersOf(plan);
  const members = new Map<number, number[]>([[RUN, []]]);
  for (const [step, { instruction }] of plan.steps.entries()) {
    members.get(containerOf[step] ?? RUN)?.push(step);
    if (isContainer(instruction)) members.set(step, []);
  }
  const offsetOf = new Array<number>(plan.steps.length).fill(0);
  const bodies = new Map<number, Body>();
  // What is contained comes after what contains it, so that from the back every size is known when it is needed.
  for (const [container, steps] of [...members].reverse()) {
    let size = 1;
    for (const step of steps) {
      offsetOf[step] = size;
      const instruction = plan.steps[step]?.instruction;
      const rounds = instruction && isContainer(instruction) ? roundsOf(instruction) : 0;
      size += 1 + rounds * (bodies.get(step)?.size ?? 0);
    }
    bodies.set(container, { steps, size });
  }
  return { bodies, containerOf, offsetOf, slots: bodies.get(RUN)?.size ?? 1 };
}

/** For each step the container that it lies directly in. */
function containersOf({ steps }: Plan): number[] {
  const around: { container: number; last: number }[] = [{ container: RUN, last: steps.length }];
  return steps.map(({ instruction }, step) => {
    while ((around.at(-1)?.last ?? steps.length) < step) around.pop();
    const container = around.at(-1)?.container ?? RUN;
    if (isContainer(instruction)) around.push({ container: step, last: step + instruction.body });
    return container;
  });
}
