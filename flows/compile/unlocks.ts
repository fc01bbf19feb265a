import { type Currency, type Money, money } from "../basics/money";
import { type Ask, isContainer, isPaying, type Paying, roundsOf } from "../plan/instructions";
import type { Step } from "../plan/plan";
import { containersOf } from "./bodies";
import { boundOf } from "./bound";
import { type Following, stepsBehindAsks } from "./following";

/** Up to here the decisions behind a question are told apart; beyond it everything that can follow is added up. */
const FEW_STEPS = 100;
/** Beyond this many questions times payments a question says what the whole run can spend. It is more, never less. */
const MOST_WORK = 1_000_000;

type Whole = { bound: readonly Money[]; payees: Ask["unlocks"]["payees"]; agents: Ask["unlocks"]["agents"] };

/** `most` is what all of its rounds come to. */
type Payment = { place: number; instruction: Paying; flat: boolean; most: bigint };

/** Says on every question what a yes can lead to: the most that is spent after it, on whom, through which agents. [C7] */
export function withUnlocks(steps: readonly Step[], whole: Whole): Step[] {
  const following = stepsBehindAsks(steps);
  const payments = following.asks.length === 0 ? [] : paymentsIn(steps);
  const tooMany = following.asks.length * payments.length > MOST_WORK;
  const all = { bound: whole.bound, payees: whole.payees, agents: whole.agents };
  const told = [...steps];
  for (const ask of following.asks) {
    const step = steps[ask];
    if (step?.instruction.op !== "ask") continue;
    const unlocks = tooMany ? all : unlocksOf({ steps, following, payments, whole }, ask);
    told[ask] = { ...step, instruction: { ...step.instruction, unlocks } };
  }
  return told;
}

type Unlocking = { steps: readonly Step[]; following: Following; payments: readonly Payment[]; whole: Whole };

function unlocksOf({ steps, following, payments, whole }: Unlocking, ask: number): Ask["unlocks"] {
  const behind = payments.filter(({ place }) => following.isBehind(ask, place));
  const fewAndFlat = steps.length <= FEW_STEPS && behind.every(({ flat }) => flat);
  return {
    bound: fewAndFlat ? boundOf(steps, (place) => following.isBehind(ask, place)) : atMost(summed(behind), whole.bound),
    payees: unique(behind.map(({ instruction }) => instruction.payee)),
    agents: unique(behind.flatMap(({ instruction }) => agentsOf(instruction))),
  };
}

function agentsOf(instruction: Paying): Ask["unlocks"]["agents"] {
  return instruction.op === "call" ? [instruction.agent] : [];
}

function paymentsIn(steps: readonly Step[]): Payment[] {
  const containers = containersOf(steps);
  const rounds: bigint[] = [];
  return steps.flatMap(({ instruction }, place) => {
    const container = containers[place] ?? -1;
    const around = rounds[container] ?? 1n;
    rounds.push(isContainer(instruction) ? around * BigInt(roundsOf(instruction)) : around);
    if (!isPaying(instruction)) return [];
    return [{ place, instruction, flat: container === -1, most: instruction.cap.amount * around }];
  });
}

function summed(payments: readonly Payment[]): Money[] {
  const totals = new Map<Currency, bigint>();
  for (const { instruction, most } of payments) {
    const { currency } = instruction.cap;
    totals.set(currency, (totals.get(currency) ?? 0n) + most);
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
