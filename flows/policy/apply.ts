import type { AccountId } from "../basics/ids";
import type { Money } from "../basics/money";
import type { CheckedPolicy } from "./check";
import type { Action, Facts } from "./facts";
import { concerns, judge, type Verdict } from "./judge";
import { type Bucket, filled, takeToken } from "./rate";

/** What a store knows at the moment of judging. `buckets` lie under the ids of the rules of rate; none is a full one. */
export type Known = {
  payer: Facts["payer"];
  nowMs: number;
  sums: Readonly<Record<string, Money | null>>;
  buckets: Readonly<Record<string, Bucket>>;
};

/** What the rules say, and what is left in the buckets of those that count. */
export type Applied = { verdict: Verdict; buckets: Readonly<Record<string, Bucket>> };

/** Holds one payment against the rules as things stand, and takes its tokens unless it is denied. [Y5] */
export function applyRules(policy: CheckedPolicy, action: Action, { payer, nowMs, sums, buckets }: Known): Applied {
  const rates = policy.rules.flatMap((checked) =>
    checked.rule.rule === "rate" ? [{ checked, rule: checked.rule }] : [],
  );
  const tokens = Object.fromEntries(
    rates.map(({ rule }) => [rule.id, filled(buckets[rule.id] ?? null, nowMs, rule).tokens]),
  );
  const facts: Facts = { stage: "step", payer, nowMs, action, consented: false, sums, tokens };
  const verdict = judge(policy, facts);
  if (verdict.verdict === "deny") return { verdict, buckets: {} };
  const taken = rates
    .filter(({ checked }) => concerns(checked, facts))
    .map(({ rule }) => [rule.id, takeToken(buckets[rule.id] ?? null, nowMs, rule).bucket] as const);
  return { verdict, buckets: Object.fromEntries(taken) };
}

/** Nobody's identity or country is known until somebody has proved it. */
export function unknownPayer(account: AccountId): Facts["payer"] {
  return { account, kycLevel: null, country: null };
}
