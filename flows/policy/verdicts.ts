import { MICROCREDITS_PER_BASE_UNIT } from "../basics/exchange";
import { type Currency, type Money, money } from "../basics/money";
import { inWords } from "../basics/money-words";
import { unreachable } from "../basics/unreachable";
import { type Facts, sumsFor } from "./facts";
import { isWithin } from "./hours";
import type { Rule, RuleOf } from "./rules";

/** What one rule finds: kept, broken with what would pass, or not to be told before the run. */
export type Finding =
  | { kept: true }
  | { kept: false; message: string; passes: string; limit?: Money }
  | { kept: "open" };

const KEPT: Finding = { kept: true };

/** Holds one payment against one rule. What nobody knows breaks the rule; of a plan it is only left open. [Y3] */
export function find(rule: Rule, facts: Facts): Finding {
  switch (rule.rule) {
    case "consent_required":
      return consent(facts);
    case "max_amount":
      return amount(rule, facts);
    case "kyc_required":
      return kyc(rule, facts);
    case "rate":
      return rate(rule, facts);
    case "payees":
      return listed(rule, facts.action.payee, "payee");
    case "geography":
      return geography(rule, facts);
    case "hours":
      return hours(rule, facts);
    case "reputation":
      return reputation(rule, facts);
    case "stake":
      return stake(rule, facts);
    default:
      return unreachable(rule);
  }
}

function consent({ stage, consented }: Facts): Finding {
  if (stage !== "step") return { kept: "open" };
  return consented ? KEPT : broken("This payment needs somebody's consent.", "Somebody agrees to it.");
}

function kyc({ level }: RuleOf<"kyc_required">, facts: Facts): Finding {
  const { kycLevel } = facts.payer;
  if (kycLevel === null) return unknown(facts, "The payer's identity level");
  return kycLevel >= level ? KEPT : broken(`The payer's identity level is ${kycLevel}.`, `Level ${level}.`);
}

function rate({ id, perMinute, burst }: RuleOf<"rate">, facts: Facts): Finding {
  const left = Object.hasOwn(facts.tokens, id) ? (facts.tokens[id] ?? null) : null;
  if (facts.stage !== "step") return { kept: "open" };
  if (left === null) return unknown(facts, "The rate");
  return left >= 1
    ? KEPT
    : broken("Too many payments in a short time.", `At most ${perMinute} a minute, ${burst} at once.`);
}

function geography(rule: RuleOf<"geography">, facts: Facts): Finding {
  const country = rule.of === "payer" ? facts.payer.country : facts.action.payeeCountry;
  return country === null ? unknown(facts, `The ${rule.of}'s country`) : listed(rule, country, `${rule.of}'s country`);
}

function hours(rule: RuleOf<"hours">, facts: Facts): Finding {
  if (facts.nowMs === null) return unknown(facts, "The time");
  const passes = `From ${rule.from} to ${rule.to}, ${rule.zone}.`;
  return isWithin(rule, facts.nowMs) ? KEPT : broken("This is outside the hours.", passes);
}

function reputation({ least }: RuleOf<"reputation">, facts: Facts): Finding {
  const { reputation: known } = facts.action;
  if (known === null) return unknown(facts, "The agent's reputation");
  return known >= least ? KEPT : broken(`The reputation is ${known}.`, `At least ${least}.`);
}

function stake({ least }: RuleOf<"stake">, facts: Facts): Finding {
  const { stake: held } = facts.action;
  if (held === null) return unknown(facts, "The agent's stake");
  if (held.currency !== least.currency)
    return broken("The stake is in another currency.", `A stake in ${least.currency}.`);
  return held.amount >= least.amount ? KEPT : broken(`The stake is ${inWords(held)}.`, `At least ${inWords(least)}.`);
}

function amount(rule: RuleOf<"max_amount">, facts: Facts): Finding {
  const { action } = facts;
  const asked = inMost(action.amount, rule.most.currency);
  if (asked === null)
    return broken("The amount is in another currency than its limit.", `An amount in ${rule.most.currency}.`);
  const spent = highestSum(rule, facts);
  if (spent === null) return unknown(facts, "What was spent before");
  if (spent + asked <= rule.most.amount) return KEPT;
  const left = rule.most.amount > spent ? rule.most.amount - spent : 0n;
  const said = (amount: bigint) => inWords(money(rule.most.currency, amount));
  const message = `${said(spent + asked)} would be more than ${inWords(rule.most)} per ${rule.per}.`;
  return {
    ...broken(message, `At most ${said(left)} now.`),
    limit: worthOf(left, rule.most.currency, action.amount.currency),
  };
}

/** The largest of the sums that a limit looks at; null when one of them is not known. */
function highestSum(rule: RuleOf<"max_amount">, { action, sums }: Facts): bigint | null {
  let highest = 0n;
  for (const { key } of sumsFor(rule, action)) {
    const sum = Object.hasOwn(sums, key) ? (sums[key] ?? null) : null;
    const known = sum === null ? null : inMost(sum, rule.most.currency);
    if (known === null) return null;
    if (known > highest) highest = known;
  }
  return highest;
}

/** Trial microcredits count as microcredits, and USDC as what it is worth in them, rounded against the payment. */
function inMost({ currency, amount }: Money, most: Currency): bigint | null {
  const plain = (each: Currency) => (each === "trial_microcredits" ? "microcredits" : each);
  if (plain(currency) === plain(most)) return amount;
  if (currency === "usdc_base" && most === "microcredits") return amount * MICROCREDITS_PER_BASE_UNIT;
  const isWorth = currency === "microcredits" && most === "usdc_base";
  return isWorth ? (amount + MICROCREDITS_PER_BASE_UNIT - 1n) / MICROCREDITS_PER_BASE_UNIT : null;
}

/** What is left under a limit, in the currency of the payment and rounded down. */
function worthOf(left: bigint, most: Currency, currency: Currency): Money {
  if (currency === "usdc_base" && most !== "usdc_base") return money(currency, left / MICROCREDITS_PER_BASE_UNIT);
  const isWorth = currency !== "usdc_base" && most === "usdc_base";
  return money(currency, isWorth ? left * MICROCREDITS_PER_BASE_UNIT : left);
}

type Lists = { allow?: readonly string[] | undefined; deny?: readonly string[] | undefined };

function listed({ allow, deny }: Lists, value: string, what: string): Finding {
  if (deny?.includes(value)) return broken(`The ${what} ${value} is not allowed.`, `Another ${what}.`);
  if (allow && !allow.includes(value))
    return broken(`The ${what} ${value} is not among those allowed.`, `One of those allowed.`);
  return KEPT;
}

function unknown({ stage }: Facts, what: string): Finding {
  return stage === "plan" ? { kept: "open" } : broken(`${what} is not known.`, `${what} has to be known.`);
}

function broken(message: string, passes: string): Finding & { kept: false } {
  return { kept: false, message, passes };
}
