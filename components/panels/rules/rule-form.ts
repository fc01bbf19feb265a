import type { Approver } from "@/flows/basics/ids";
import { type Money, money } from "@/flows/basics/money";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EvidenceBy } from "@/flows/plan/evidence";
import { Rule } from "@/flows/policy/rules";

/** What the form of a rule holds: rules that say more than it can are kept as they are. */
export type RuleForm = {
  id: string;
  about: "every" | "step" | "run" | "day" | "month";
  /** Smallest units of a credit; null while what is typed is no amount. */
  most: bigint | null;
  beyond: "ask" | "refuse";
  starter: boolean;
  /** Accounts and groups, as they were typed. */
  others: string;
  least: number | null;
  against: number | null;
  by: EvidenceBy | "click";
  because: string;
};

export const FRESH_FORM: RuleForm = {
  ...{ id: "", about: "step", most: null, beyond: "ask", starter: true, others: "" },
  ...{ least: 1, against: 1, by: "click", because: "" },
};

/** What is wrong with a form, in a sentence, and at which field of the rule. */
export type RuleProblem = { field: keyof typeof PROBLEMS; problem: string };

/** The rule that a form says, or the first thing that is wrong with it. */
export function ruleOf(form: RuleForm): { rule: Rule } | RuleProblem {
  if (form.about !== "every" && form.most === null) return { field: "most", problem: PROBLEMS.most };
  const read = Rule.safeParse(written(form));
  if (read.success) return { rule: read.data };
  const at = read.error.issues[0]?.path[0];
  const field = FIELDS.find((each) => each === at) ?? "id";
  return { field, problem: PROBLEMS[field] };
}

const PROBLEMS = {
  most: "An amount in credits, as in 50.",
  id: "A name of small letters, digits and -, as in above-50.",
  approvers: "Somebody to ask: accounts, @group:acme/finance or @role:acme/approver, at most 20.",
  agreement: "Yeses and noes are numbers from 1 to 100.",
  because: "A question of at most 280 letters.",
} as const;
const FIELDS = ["most", "id", "approvers", "agreement", "because"] as const;

function written({ id, about, most, beyond, because, ...asking }: RuleForm): unknown {
  const isAsking = about === "every" || beyond === "ask";
  const said = { id, ...(because.trim() ? { because: because.trim() } : {}), ...(isAsking ? askingOf(asking) : {}) };
  if (about === "every") return { rule: "consent_required", ...said };
  const limit = { most: { currency: "microcredits", amount: most ?? 0n }, per: about };
  return { rule: "max_amount", ...limit, ...said, ...(isAsking ? { otherwise: "ask" } : {}) };
}

type Asking = Pick<RuleForm, "starter" | "others" | "least" | "against" | "by">;

function askingOf({ starter, others, least, against, by }: Asking) {
  const approvers = [...(starter ? ["@starter"] : []), ...others.split(/[\s,;]+/).filter(Boolean)];
  const isOne = least === 1 && against === 1;
  return {
    approvers,
    ...(isOne ? {} : { agreement: { least, against } }),
    ...(by === "click" ? {} : { evidence: { by } }),
  };
}

/** A rule as the form shows it; null for one that says more than the form can. */
export function formOf(rule: Rule): RuleForm | null {
  if (rule.rule !== "consent_required" && rule.rule !== "max_amount") return null;
  const { id, approvers, agreement, evidence, because = "" } = rule;
  const others = approvers.filter((each: Approver) => each !== "@starter").join("\n");
  const form: RuleForm = {
    ...{ id, because, others, starter: approvers.includes("@starter") },
    ...{ least: agreement?.least ?? 1, against: agreement?.against ?? 1, by: evidence?.by ?? "click" },
    ...(rule.rule === "max_amount"
      ? { about: rule.per, most: inCredits(rule.most), beyond: rule.otherwise === "ask" ? "ask" : "refuse" }
      : { about: "every", most: null, beyond: "ask" }),
  };
  const again = ruleOf(form);
  return "rule" in again && canonicalJson(again.rule) === canonicalJson(rule) ? form : null;
}

function inCredits({ currency, amount }: Money): bigint | null {
  return currency === "microcredits" ? money(currency, amount).amount : null;
}

/** The rules with one put in the place of the one of that id, or at their end. */
export function withRule(rules: readonly Rule[], rule: Rule, was: string | null): Rule[] {
  const place = was === null ? -1 : rules.findIndex(({ id }) => id === was);
  return place < 0 ? [...rules, rule] : rules.with(place, rule);
}

/** The rules with the one of that id moved one place up. */
export function movedUp(rules: readonly Rule[], id: string): Rule[] {
  const place = rules.findIndex((rule) => rule.id === id);
  const [rule, above] = [rules[place], rules[place - 1]];
  return rule && above ? rules.with(place - 1, rule).with(place, above) : [...rules];
}
