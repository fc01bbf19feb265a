import type { Money } from "../basics/money";
import { evaluateExpression } from "../expressions/expression";
import { type Asking, agreementOfRule, askedWith } from "./asking";
import type { CheckedPolicy, CheckedRule } from "./check";
import type { Action, Facts } from "./facts";
import { asksPeople } from "./rules";
import { type Finding, find } from "./verdicts";

/**
 * What the rules say of a payment, which of them decided, and what would pass. `open` are rules that only the run can
 * decide: of a plan, nothing else is left open.
 */
export type Verdict =
  | { verdict: "allow"; open: readonly string[] }
  | { verdict: "deny"; rule: string; message: string; passes: string; limit?: Money }
  | Asking;

/**
 * Judges one payment. A denial of any rule outweighs a question of any other, and a question an allowance; among equals
 * the first in the order of the policy decides; what others take of a yes, it takes as well. It never throws, and what cannot be decided denies. [Y2]
 */
export function judge({ rules }: CheckedPolicy, facts: Facts): Verdict {
  const open: string[] = [];
  const asking: Asking[] = [];
  let asked: Asking | null = null;
  for (const checked of rules) {
    const found = holds(checked, facts);
    if (found.kept === "open") open.push(checked.rule.id);
    if (found.kept !== false) continue;
    const { id: rule, because, approvers } = checked.rule;
    const { message, passes, limit } = found;
    const said = { rule, message: because ?? message, passes };
    if (!asksPeople(checked.rule)) return { verdict: "deny", ...said, ...(limit ? { limit } : {}) };
    const more: Asking = { verdict: "ask", ...said, approvers, ...agreementOfRule(checked.rule, facts.action) };
    const together: Verdict = askedWith(asked, more, asking);
    if (together.verdict !== "ask") return together;
    asked = together;
    asking.push(more);
  }
  return asked ?? { verdict: "allow", open };
}

/** Judges every payment that a plan can make, before any run of it. The worst of them is the plan's. [Y4] */
export function judgePlan(
  policy: CheckedPolicy,
  facts: Omit<Facts, "stage" | "action">,
  actions: readonly Action[],
): Verdict {
  const verdicts = actions.map((action) => judge(policy, { ...facts, stage: "plan", action }));
  const worst = verdicts.find(({ verdict }) => verdict === "deny") ?? verdicts.find(({ verdict }) => verdict === "ask");
  return (
    worst ?? {
      verdict: "allow",
      open: [...new Set(verdicts.flatMap((each) => (each.verdict === "allow" ? each.open : [])))],
    }
  );
}

/** Whether a rule has a say in a payment at all. One whose condition cannot be decided has. */
export function concerns({ when }: CheckedRule, facts: Facts): boolean {
  const met = when ? evaluateExpression(when, namesOf(facts)) : null;
  return !met?.ok || met.value.value === true;
}

/** A rule whose condition does not hold is kept; one whose condition cannot be decided is broken. */
function holds({ rule, when }: CheckedRule, facts: Facts): Finding {
  if (!when) return find(rule, facts);
  const met = evaluateExpression(when, namesOf(facts));
  if (!met.ok)
    return {
      kept: false,
      message: `Its condition could not be decided: ${met.error.problem}`,
      passes: "A condition that can.",
    };
  return met.value.value ? find(rule, facts) : { kept: true };
}

function namesOf({ stage, payer, action }: Facts) {
  const { kind, agent, payee, publisher, amount, categories, payeeCountry } = action;
  const exact = amount.amount <= BigInt(Number.MAX_SAFE_INTEGER) ? { amount: Number(amount.amount) } : {};
  const countries = {
    ...(payer.country === null ? {} : { payer_country: payer.country }),
    ...(payeeCountry === null ? {} : { payee_country: payeeCountry }),
  };
  const named = { stage, kind, agent: agent ?? "", payee, publisher, currency: amount.currency, categories };
  return { ...named, payer: payer.account, ...exact, ...countries };
}
