import { z } from "zod";
import { AccountId, Approver } from "../basics/ids";
import { Money } from "../basics/money";
import { EvidenceBy } from "../plan/evidence";

export const RuleId = z.string().regex(/^[a-z0-9-]{1,60}$/, "Use small letters, digits and -.");

const Count = z.number().int().min(1).max(100);

/** What the yeses and the noes have to come to; an approver that `weights` does not name counts one. */
const RuleQuorum = z.strictObject({
  least: Count.default(1),
  against: Count.default(1),
  weights: z.record(z.string(), Count).default({}),
});

/** What a yes has to come with: always, or only where it can cost more than `above`. */
const RuleEvidence = z.strictObject({ by: EvidenceBy, above: Money.optional() });

/** What every rule says beside its limit. `when` is CEL over the facts; without it the rule always holds. */
const common = {
  id: RuleId,
  when: z.string().min(1).max(1_000).optional(),
  because: z.string().min(1).max(280).optional(),
  /** What happens to a payment that breaks the rule. */
  otherwise: z.enum(["deny", "ask"]).default("deny"),
  approvers: z.array(Approver).min(1).max(20).default(["@starter"]),
  /** Of a rule that asks. Left out: one yes is enough, one no refuses, and a click will do. */
  agreement: RuleQuorum.optional(),
  evidence: RuleEvidence.optional(),
};

const Country = z.string().regex(/^[A-Z]{2}$/, "Two capital letters, as in AT.");
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day, as in 09:30.");
const Zone = z.string().min(1).max(64).refine(isZone, "There is no such time zone.");
const lists = <T extends z.ZodType>(each: T) => ({
  allow: z.array(each).max(1_000).optional(),
  deny: z.array(each).max(1_000).optional(),
});

/** One rule. Amounts are in the currency that they name; trial microcredits count as microcredits. */
export const Rule = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("consent_required"), ...common }),
  z.strictObject({
    rule: z.literal("max_amount"),
    most: Money,
    per: z.enum(["step", "run", "day", "month"]),
    by: z.enum(["all", "payee", "agent", "category"]).default("all"),
    zone: Zone.default("UTC"),
    ...common,
  }),
  z.strictObject({ rule: z.literal("kyc_required"), level: z.number().int().min(0).max(3), ...common }),
  z.strictObject({
    rule: z.literal("rate"),
    perMinute: z.number().int().min(1).max(100_000),
    burst: z.number().int().min(1).max(100_000),
    ...common,
  }),
  z.strictObject({ rule: z.literal("payees"), ...lists(AccountId), ...common }),
  z.strictObject({ rule: z.literal("geography"), of: z.enum(["payer", "payee"]), ...lists(Country), ...common }),
  z.strictObject({
    rule: z.literal("hours"),
    zone: Zone,
    /** 1 is Monday, 7 is Sunday: the day on which the window begins. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]),
    from: Clock,
    to: Clock,
    ...common,
  }),
  z.strictObject({ rule: z.literal("reputation"), least: z.number().min(0).max(1), ...common }),
  z.strictObject({ rule: z.literal("stake"), least: Money, ...common }),
]);
export type Rule = z.infer<typeof Rule>;
export type RuleOf<Kind extends Rule["rule"]> = Extract<Rule, { rule: Kind }>;

/** Whether a payment that breaks the rule comes before people. */
export function asksPeople({ rule, otherwise }: Rule): boolean {
  return otherwise === "ask" || rule === "consent_required";
}

export const Policy = z.strictObject({ version: z.literal(1), rules: z.array(Rule).max(500) });
export type Policy = z.infer<typeof Policy>;

/** `rule` is the id of the rule, or its place in the list when it has none that can be read. */
export type PolicyFault = {
  code: "policy_invalid" | "rule_repeated" | "condition_invalid" | "agreement_idle" | "approvers_too_few";
  rule: string;
  field: string;
  message: string;
};

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
