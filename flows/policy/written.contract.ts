import fc from "fast-check";
import { AccountId, AgentId } from "../basics/ids";
import { money } from "../basics/money";
import { parseTimestamp } from "../expressions/time";
import { Fault } from "../expressions/values";
import { checkPolicy } from "./check";
import type { Action, Facts } from "./facts";

/** Units: milliseconds since the epoch. */
export const at = (text: string) => {
  const time = parseTimestamp(text);
  if (time instanceof Fault) throw new Error(time.problem);
  return Number(time.nanos / 1_000_000n);
};
export const credits = (amount: bigint) => money("microcredits", amount);
export const action: Action = {
  kind: "call",
  agent: AgentId.parse("acme/reader@1.0.0"),
  payee: AccountId.parse("acme"),
  publisher: "outside",
  amount: credits(30n),
  categories: ["read"],
  reputation: 0.9,
  stake: credits(1_000n),
  payeeCountry: "AT",
};
export const facts: Facts = {
  stage: "step",
  payer: { account: AccountId.parse("ada"), kycLevel: 1, country: "DE" },
  nowMs: at("2026-11-20T10:00:00Z"),
  action,
  consented: false,
  sums: {
    run: credits(10n),
    "day UTC": credits(50n),
    "month UTC payee acme": credits(200n),
    "run category read": credits(10n),
  },
  tokens: {},
};

export type Written = Record<string, unknown>;
export const policyOf = (...rules: Written[]) => {
  const checked = checkPolicy({ version: 1, rules: rules.map((rule, place) => ({ id: `r${place}`, ...rule })) });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
};
export const paid = (amount: string) => ({ currency: "microcredits", amount });

export const anyRule = fc.oneof(
  fc.record({
    rule: fc.constant("max_amount"),
    most: fc.nat(100).map((most) => paid(String(most))),
    per: fc.constantFrom("step", "run", "day", "month"),
    by: fc.constantFrom("all", "payee", "agent", "category"),
    otherwise: fc.constantFrom("deny", "ask"),
  }),
  fc.record({ rule: fc.constant("kyc_required"), level: fc.nat(3), otherwise: fc.constantFrom("deny", "ask") }),
  fc.record({
    rule: fc.constant("payees"),
    deny: fc.subarray(["acme", "bolt"]),
    when: fc.constantFrom("true", "amount > 10", 'payer_country == "DE"', "size(categories) == 1"),
  }),
  fc.record({ rule: fc.constant("reputation"), least: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ rule: fc.constant("consent_required") }),
  fc.record({
    rule: fc.constant("consent_required"),
    approvers: fc.constantFrom(["bob", "eve", "ann"], ["@group:acme/finance"]),
    agreement: fc.record({ least: fc.integer({ min: 1, max: 3 }), against: fc.integer({ min: 1, max: 2 }) }),
    evidence: fc.record({ by: fc.constantFrom("fresh", "signed", "passkey", "wallet") }),
  }),
);
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  stage: fc.constantFrom("plan", "start", "step"),
  payer: fc.record({
    account: fc.constant(facts.payer.account),
    kycLevel: fc.option(fc.nat(3)),
    country: fc.option(fc.constantFrom("DE", "AT")),
  }),
  nowMs: fc.option(fc.nat()),
  action: fc.record({
    ...Object.fromEntries(Object.entries(action).map(([name, value]) => [name, fc.constant(value)])),
    amount: fc.bigInt({ min: 0n, max: 10n ** 25n }).map(credits),
    reputation: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }) as unknown as fc.Arbitrary<Action>,
  consented: fc.boolean(),
  sums: fc.constantFrom({}, facts.sums),
  tokens: fc.constant({}),
});
