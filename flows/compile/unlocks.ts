import { type Currency, type Money, money } from "../basics/money";
import { type Ask, isContainer, isPaying, roundsOf } from "../plan/instructions";
import type { Step } from "../plan/plan";
import { bodiesOf, containersOf } from "./bodies";
import { boundOf } from "./bound";

/** Up to here the decisions behind a question are told apart; beyond it everything that can follow is added up. */
const FEW_STEPS = 100;
/** Beyond this much work a question says what the whole run can spend. It is more, never less. */
const MOST_WORK = 1_000_000;

type Whole = { bound: readonly Money[]; payees: Ask["unlocks"]["payees"]; agents: Ask["unlocks"]["agents"] };

/** Says on every question what a yes can lead to: the most that is spent after it, on whom, through which agents. [C7] */
export function withUnlocks(steps: readonly Step[], whole: Whole): Step[] {
  const asks = steps.filter(({ instruction }) => instruction.op === "ask").length;
  if (asks === 0) return [...steps];
  const all = { bound: whole.bound, payees: whole.payees, agents: whole.agents };
  const exact = asks * steps.length <= MOST_WORK ? graphOf(steps) : null;
  return steps.map((step, place) => {
    const { instruction } = step;
    if (instruction.op !== "ask") return step;
    return { ...step, instruction: { ...instruction, unlocks: exact ? unlocksOf(exact, place, whole) : all } };
  });
}

type Graph = {
  steps: readonly Step[];
  containers: readonly number[];
  followers: readonly (readonly { step: number; port: string }[])[];
  rounds: readonly bigint[];
};

function graphOf(steps: readonly Step[]): Graph {
  const followers = steps.map((): { step: number; port: string }[] => []);
  for (const [step, { gates }] of steps.entries())
    for (const { step: from, port } of gates) followers[from]?.push({ step, port });
  const containers = containersOf(steps);
  const rounds = steps.map(() => 1n);
  for (const [container, members] of [...bodiesOf(steps)].sort(([a], [b]) => a - b)) {
    const instruction = steps[container]?.instruction;
    const own = (rounds[container] ?? 1n) * BigInt(instruction && isContainer(instruction) ? roundsOf(instruction) : 1);
    for (const place of members) rounds[place] = own;
  }
  return { steps, containers, followers, rounds };
}

function unlocksOf(graph: Graph, ask: number, { bound }: Whole): Ask["unlocks"] {
  const behind = stepsBehind(graph, ask);
  const { steps } = graph;
  const paying = [...behind].flatMap((place) => {
    const instruction = steps[place]?.instruction;
    return instruction && isPaying(instruction) ? [{ place, instruction }] : [];
  });
  const flat = steps.length <= FEW_STEPS && paying.every(({ place }) => graph.containers[place] === -1);
  return {
    bound: flat ? boundOf(steps, (place) => behind.has(place)) : atMost(summed(graph, paying), bound),
    payees: unique(paying.map(({ instruction }) => instruction.payee)),
    agents: unique(paying.flatMap(({ instruction }) => (instruction.op === "call" ? [instruction.agent] : []))),
  };
}

/**
 * The steps that can open only after a yes: what is behind it, with the bodies of containers there. Around the question
 * itself, what is behind its container, and the rounds of the container that come after this one.
 */
function stepsBehind(graph: Graph, ask: number): Set<number> {
  const { steps, containers, followers } = graph;
  const behind = new Set<number>();
  const left = (followers[ask] ?? []).filter(({ port }) => port === "approved").map(({ step }) => step);
  for (let around = containers[ask] ?? -1; around !== -1; around = containers[around] ?? -1) {
    const instruction = steps[around]?.instruction;
    if (instruction && isContainer(instruction) && roundsOf(instruction) > 1) left.push(...bodyAt(steps, around));
    left.push(...(followers[around] ?? []).map(({ step }) => step));
  }
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    if (behind.has(place)) continue;
    behind.add(place);
    left.push(...(followers[place] ?? []).map(({ step }) => step), ...bodyAt(steps, place));
  }
  return behind;
}

/** The steps of a container's body, with those of the bodies in it. */
function bodyAt(steps: readonly Step[], container: number): number[] {
  const instruction = steps[container]?.instruction;
  const length = instruction && isContainer(instruction) ? instruction.body : 0;
  return Array.from({ length }, (_, place) => container + 1 + place);
}

function summed({ rounds }: Graph, paying: readonly { place: number; instruction: { cap: Money } }[]): Money[] {
  const totals = new Map<Currency, bigint>();
  for (const { place, instruction } of paying) {
    const { currency, amount } = instruction.cap;
    totals.set(currency, (totals.get(currency) ?? 0n) + amount * (rounds[place] ?? 1n));
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => money(currency, amount));
}

/** Nobody can be asked to unlock more than the run can spend. */
function atMost(sums: readonly Money[], bound: readonly Money[]): Money[] {
  return sums.map((sum) => bound.find((most) => most.currency === sum.currency && most.amount < sum.amount) ?? sum);
}

function unique<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}
