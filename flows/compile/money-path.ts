import type { AccountId, NodeId, StepId } from "../basics/ids";
import { type Currency, type Money, money } from "../basics/money";
import { type Container, isContainer, isPaying, roundsOf } from "../plan/instructions";
import type { Step } from "../plan/plan";
import { containersOf } from "./bodies";
import { costsAmong, decisionsOf, needsToPay } from "./bound";
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
  /** What it is drawn in, when that has a cap for all of its payments together; the nearest. */
  under: (Named & { cap: Money }) | null;
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
  const alike = paying.filter(({ most }) => most.currency === first?.most.currency);
  const chosen = first ? dearestWay(alike, costOfWays(steps, alike)) : new Map();
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
type Around = { rounds: bigint; caps: readonly { under: Payment["under"]; times: bigint }[] };

/** Every step that pays and can open. The bodies around it multiply what it costs, and bring their own decisions. */
function paymentsIn(steps: readonly Step[]): Paying[] {
  const containers = containersOf(steps);
  const own = decisionsOf(steps);
  const bodies: Around[] = [];
  const needs: (Needs | null)[] = [];
  return steps.flatMap(({ id, node, instruction }, place) => {
    const container = containers[place] ?? -1;
    const around = bodies[container] ?? WHOLE;
    bodies.push(isContainer(instruction) ? within(around, { id, node, instruction }) : around);
    const behind = both(own[place] ?? null, container === -1 ? new Map() : (needs[container] ?? null));
    needs.push(behind);
    if (!isPaying(instruction) || !behind) return [];
    const { payee, publisher, cap } = instruction;
    const { rounds, caps } = around;
    const most = caps.reduce((least, { under, times }) => {
      const all = (under?.cap.amount ?? 0n) * times;
      return all < least ? all : least;
    }, cap.amount * rounds);
    const terms = { payee, publisher, most: money(cap.currency as Currency, most), rounds };
    return [
      {
        step: id,
        node,
        ...terms,
        under: caps.at(-1)?.under ?? null,
        place,
        needs: needsToPay(behind, { steps, place }),
      },
    ];
  });
}

const WHOLE: Around = { rounds: 1n, caps: [] };

/** `times` is how often a body under a cap is done: each time it may spend its cap. */
function within({ rounds, caps }: Around, { id, node, instruction }: Pick<Step, "id" | "node"> & Contained): Around {
  const { cap } = instruction;
  const own = cap ? [{ under: { step: id, node, cap }, times: rounds }] : [];
  return { rounds: rounds * BigInt(roundsOf(instruction)), caps: [...caps, ...own] };
}

type Contained = { instruction: Container };

function both(inner: Needs | null, outer: Needs | null): Needs | null {
  return inner && outer && new Map([...outer, ...inner]);
}

/** What a run costs at most whose decisions fall one way. Bodies under a cap are counted as the bound counts them. */
function costOfWays(steps: readonly Step[], paying: readonly Paying[]): (way: Needs) => bigint {
  if (!paying.some(({ under }) => under))
    return (way) =>
      worst(paying.filter(({ needs }) => fits(needs, way)).map(({ most, needs }) => ({ cost: most.amount, needs })));
  const own = decisionsOf(steps);
  const needsOf = new Map(paying.map(({ place, needs }) => [place, needs]));
  const currency = paying[0]?.most.currency ?? "";
  return (way) => {
    const open = own.map((each, place) => {
      const needs = needsOf.get(place);
      return isPaying((steps[place] as Step).instruction) && !(needs && fits(needs, way)) ? null : each;
    });
    return costsAmong(steps, open).get(currency) ?? 0n;
  };
}

/** Settles one decision after the other on a side that costs as much as leaving it open. */
function dearestWay(paying: readonly Paying[], cost: (way: Needs) => bigint): ReadonlyMap<number, string> {
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
