import type { AccountId, AgentId } from "../basics/ids";
import type { Money } from "../basics/money";
import type { Rule, RuleOf } from "./rules";

/** A payment that is about to be made. `amount` is the most that it can come to. What nobody knows is null. */
export type Action = {
  kind: "call" | "model" | "pay";
  agent: AgentId | null;
  payee: AccountId;
  publisher: "house" | "outside";
  amount: Money;
  /** What the agent says that it does: sums can be kept by these. */
  categories: readonly string[];
  /** From 0 to 1. */
  reputation: number | null;
  stake: Money | null;
  payeeCountry: string | null;
};

/**
 * Everything that a rule may look at. `stage` is where it is asked: of a plan, before anything is known that changes from
 * run to run; at the start of a run; or at one step, before it pays. Units: `nowMs` since the epoch.
 */
export type Facts = {
  stage: "plan" | "start" | "step";
  payer: { account: AccountId; kycLevel: number | null; country: string | null };
  nowMs: number | null;
  action: Action;
  /** Whether the people whom `consent_required` asks have agreed to this very payment. */
  consented: boolean;
  /** What was spent before, under the keys of `sumsFor`, and tokens left, under the ids of the rules of rate. */
  sums: Readonly<Record<string, Money | null>>;
  tokens: Readonly<Record<string, number | null>>;
};

/** A sum that a rule wants to know: what was spent in a window, over all or on one payee, agent or category. */
export type WantedSum = {
  key: string;
  per: "run" | "day" | "month";
  zone: string;
  by: "all" | "payee" | "agent" | "category";
  of: string;
};

/** What a rule wants to know of what was spent so far; nothing for a limit of one step. */
export function sumsFor({ per, by, zone }: RuleOf<"max_amount">, { payee, agent, categories }: Action): WantedSum[] {
  if (per === "step") return [];
  const window = per === "run" ? "run" : `${per} ${zone}`;
  const wanted = (of: string): WantedSum => ({ key: `${window} ${by} ${of}`, per, zone, by, of });
  if (by === "all") return [{ ...wanted(""), key: window }];
  if (by === "payee") return [wanted(payee)];
  if (by === "agent") return agent === null ? [] : [wanted(agent)];
  return categories.map(wanted);
}

/** Every sum that rules want to know for one payment, each once: what an adapter has to look up. */
export function neededSums(rules: readonly Rule[], action: Action): WantedSum[] {
  const sums = rules.flatMap((rule) => (rule.rule === "max_amount" ? sumsFor(rule, action) : []));
  const byKey = new Map(sums.map((sum) => [sum.key, sum]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
