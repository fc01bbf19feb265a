import type { AccountId, NodeId, StepId } from "../basics/ids";
import { type Currency, type Money, money } from "../basics/money";
import { isContainer, isPaying, roundsOf } from "../plan/instructions";
import type { Step } from "../plan/plan";
import { containersOf } from "./bodies";
import { decisionsOf } from "./bound";
import { worst } from "./worst";

type Named = { step: StepId; node: NodeId };

/** One step that pays, with what its rounds can come to together. */
export type Payment = Named & {
  payee: AccountId;
  publisher: "house" | "outside";
  most: Money;
  rounds: bigint;
  /** The questions without whose yes it is never made, in the order in which they are put. */
  consents: readonly Named[];
  /** Whether it is one of those that the worst case is made of. */
  counts: boolean;
};

/** `sides` are the decisions as they fall where a run costs the most; a decision that changes nothing is not among them. */
export type MoneyPath = { payments: readonly Payment[]; sides: readonly (Named & { port: string })[] };

/** Beyond so many decisions no single dearest way is looked for: the bound holds, its cause is not told apart. */
const MOST_DECISIONS = 40;
const NONE: ReadonlySet<number> = new Set();

/** Where the money of a plan can go: each payment, who has agreed before it is made, and what makes the worst case. [C16] */
export function moneyPathOf(steps: readonly Step[]): MoneyPath {
  const paying = paymentsIn(steps);
  const [first] = paying;
  const chosen = first ? dearestWay(paying.filter(({ most }) => most.currency === first.most.currency)) : new Map();
  const consents = consentsOf(steps);
  const named = (place: number): Named[] => {
    const step = steps[place];
    return step ? [{ step: step.id, node: step.node }] : [];
  };
  return {
    payments: paying.map(({ needs, place, ...payment }) => ({
      ...payment,
      consents: [...(consents[place] ?? NONE)].sort((a, b) => a - b).flatMap(named),
      counts: fits(needs, chosen),
    })),
    sides: [...chosen].flatMap(([place, port]) => named(place).map((each) => ({ ...each, port }))),
  };
}

type Needs = ReadonlyMap<number, string>;
type Paying = Omit<Payment, "consents" | "counts"> & { place: number; needs: Needs };

/** Every step that pays and can open. The bodies around it multiply what it costs, and bring their own decisions. */
function paymentsIn(steps: readonly Step[]): Paying[] {
  const containers = containersOf(steps);
  const own = decisionsOf(steps);
  const rounds: bigint[] = [];
  const needs: (Needs | null)[] = [];
  return steps.flatMap(({ id, node, instruction }, place) => {
    const container = containers[place] ?? -1;
    const around = rounds[container] ?? 1n;
    rounds.push(isContainer(instruction) ? around * BigInt(roundsOf(instruction)) : around);
    const behind = both(own[place] ?? null, container === -1 ? new Map() : (needs[container] ?? null));
    needs.push(behind);
    if (!isPaying(instruction) || !behind) return [];
    const { payee, publisher, cap } = instruction;
    const most = money(cap.currency as Currency, cap.amount * around);
    return [{ step: id, node, payee, publisher, most, rounds: around, place, needs: behind }];
  });
}

function both(inner: Needs | null, outer: Needs | null): Needs | null {
  return inner && outer && new Map([...outer, ...inner]);
}

/** Settles one decision after the other on a side that costs as much as leaving it open. */
function dearestWay(paying: readonly Paying[]): ReadonlyMap<number, string> {
  const cost = (way: Needs) =>
    worst(paying.filter(({ needs }) => fits(needs, way)).map(({ most, needs }) => ({ cost: most.amount, needs })));
  let chosen = new Map<number, string>();
  const decisions = new Map<number, Set<string>>();
  for (const { needs } of paying)
    for (const [decision, side] of needs) decisions.set(decision, (decisions.get(decision) ?? new Set()).add(side));
  if (decisions.size > MOST_DECISIONS) return chosen;
  const most = cost(chosen);
  for (const [decision, sides] of [...decisions].sort(([a], [b]) => a - b))
    for (const side of sides) {
      const way = new Map(chosen).set(decision, side);
      if (cost(way) !== most) continue;
      chosen = way;
      break;
    }
  return chosen;
}

function fits(needs: Needs, way: Needs): boolean {
  return [...needs].every(([decision, side]) => (way.get(decision) ?? side) === side);
}

/** For each step the questions that must have been answered with yes before it opens. */
function consentsOf(steps: readonly Step[]): ReadonlySet<number>[] {
  const containers = containersOf(steps);
  const found: ReadonlySet<number>[] = [];
  for (const [place, { gates, need = gates.length }] of steps.entries()) {
    const ways = gates.map(({ step, port }) => {
      const agreed = steps[step]?.instruction.op === "ask" && port === "approved";
      return new Set([...(found[step] ?? NONE), ...(agreed ? [step] : [])]);
    });
    const around = found[containers[place] ?? -1] ?? NONE;
    found.push(new Set([...around, ...(need < gates.length ? inAll(ways) : ways.flatMap((way) => [...way]))]));
  }
  return found;
}

function inAll(ways: readonly ReadonlySet<number>[]): number[] {
  const [first = NONE, ...others] = ways;
  return [...first].filter((ask) => others.every((other) => other.has(ask)));
}
