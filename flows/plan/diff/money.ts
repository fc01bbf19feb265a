import type { Currency, Money } from "../../basics/money";
import { inWords } from "../../basics/money-words";
import { type Container, isContainer, isPaying, roundsOf } from "../instructions";
import type { Plan } from "../plan";
import { type PlanChange, type Titles, titleOf } from "./change";
import type { Told } from "./steps";

type Pair = { before: ReadonlyMap<string, Told>; after: ReadonlyMap<string, Told>; titles: Titles };

/** How the worst case moved, and why: "worst case rises from 0.40 to 3.10 credits: loop bound 4 -> 31". [D1] */
export function moneyChanges(before: Plan, after: Plan, told: Pair): PlanChange[] {
  const causes = causesOf(told);
  const moved = currenciesOf(before.bound, after.bound).flatMap((currency): PlanChange[] => {
    const [from, to] = [amountIn(before.bound, currency), amountIn(after.bound, currency)];
    if (from.amount === to.amount) return [];
    const rises = to.amount > from.amount;
    const why = causes.length > 0 ? `: ${causes.map(({ words }) => words).join("; ")}` : "";
    const message = `Worst case ${rises ? "rises" : "falls"} from ${inWords(from)} to ${inWords(to)}${why}`;
    return [
      { risk: "money", message, nodes: causes.flatMap(({ nodes }) => nodes), direction: rises ? "more" : "less" },
    ];
  });
  if (moved.length > 0) return moved;
  return causes.map(({ words, nodes, more }) => ({
    risk: "money",
    message: upper(words),
    nodes,
    direction: more ? "more" : "less",
  }));
}

type Cause = { words: string; nodes: PlanChange["nodes"]; more: boolean };

function causesOf({ before, after, titles }: Pair): Cause[] {
  const causes: Cause[] = [];
  for (const [id, { step }] of after) {
    const was = before.get(id)?.step.instruction;
    const now = step.instruction;
    const name = titleOf(titles, step.node);
    const nodes = [step.node];
    if (!was && isPaying(now)) causes.push({ words: `${name} is new, at most ${inWords(now.cap)}`, nodes, more: true });
    if (was && isPaying(was) && isPaying(now) && inWords(was.cap) !== inWords(now.cap))
      causes.push({
        words: `cap of ${name} ${inWords(was.cap)} -> ${inWords(now.cap)}`,
        nodes,
        more: now.cap.amount > was.cap.amount,
      });
    if (was && isContainer(was) && isContainer(now) && roundsOf(was) !== roundsOf(now))
      causes.push({
        words: `${boundName(now)} of ${name} ${roundsOf(was)} -> ${roundsOf(now)}`,
        nodes,
        more: roundsOf(now) > roundsOf(was),
      });
  }
  for (const [id, { step }] of before)
    if (!after.has(id) && isPaying(step.instruction))
      causes.push({ words: `${titleOf(titles, step.node)} is gone`, nodes: [step.node], more: false });
  return causes;
}

function boundName({ op }: Container): string {
  return op === "try" ? "attempts" : `${op} bound`;
}

function currenciesOf(...bounds: (readonly Money[])[]): Currency[] {
  return [...new Set(bounds.flat().map(({ currency }) => currency))].sort();
}

function amountIn(bound: readonly Money[], currency: Currency): Money {
  return bound.find((each) => each.currency === currency) ?? ({ currency, amount: 0n } as Money);
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
