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

/** Under which keys a rule wants to know what was spent so far; none for a limit of one step. */
export function sumsFor({ per, by, zone }: RuleOf<"max_amount">, { payee, agent, categories }: Action): string[] {
  if (per === "step") return [];
  const window = per === "run" ? "run" : `${per} ${zone}`;
  if (by === "all") return [window];
  if (by === "payee") return [`${window} payee ${payee}`];
  if (by === "agent") return agent === null ? [] : [`${window} agent ${agent}`];
  return categories.map((category) => `${window} category ${category}`);
}

/** Every sum that rules want to know for one payment, each once: what an adapter has to look up. */
export function neededSums(rules: readonly Rule[], action: Action): string[] {
  return [...new Set(rules.flatMap((rule) => (rule.rule === "max_amount" ? sumsFor(rule, action) : [])))].sort();
}
