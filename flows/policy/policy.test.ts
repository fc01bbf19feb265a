import fc from "fast-check";
import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { money } from "../basics/money";
import { checkPolicy } from "./check";
import { type Action, type Facts, neededSums } from "./facts";
import { windowOf } from "./hours";
import { judge, judgePlan, type Verdict } from "./judge";
import { action, anyFacts, anyRule, at, credits, facts, paid, policyOf, type Written } from "./written.contract";

const verdict = (rule: Written, more: Partial<Facts> = {}): Verdict["verdict"] =>
  judge(policyOf(rule), { ...facts, ...more }).verdict;
const acting = (more: Partial<Action>): Partial<Facts> => ({ action: { ...action, ...more } });

test("[Y3] each rule allows up to its limit and denies beyond it, and what nobody knows", () => {
  const table: [Written, Partial<Facts>, Partial<Facts>, Partial<Facts> | null][] = [
    [{ rule: "consent_required" }, { consented: true }, {}, null],
    [{ rule: "max_amount", most: paid("30"), per: "step" }, {}, acting({ amount: credits(31n) }), null],
    [{ rule: "max_amount", most: paid("40"), per: "run" }, {}, acting({ amount: credits(31n) }), { sums: {} }],
    [
      { rule: "max_amount", most: paid("80"), per: "day" },
      {},
      acting({ amount: credits(31n) }),
      { sums: { "day UTC": null } },
    ],
    [
      { rule: "max_amount", most: paid("230"), per: "month", by: "payee" },
      {},
      acting({ amount: credits(31n) }),
      { sums: {} },
    ],
    [
      { rule: "max_amount", most: paid("40"), per: "run", by: "category" },
      {},
      acting({ amount: credits(31n) }),
      { sums: {} },
    ],
    [
      { rule: "max_amount", most: paid("30"), per: "step" },
      acting({ amount: money("trial_microcredits", 30n) }),
      acting({ amount: money("usdc_base", 1n) }),
      null,
    ],
    [
      { rule: "max_amount", most: paid("300"), per: "step" },
      acting({ amount: money("usdc_base", 3n) }),
      acting({ amount: money("usdc_base", 4n) }),
      null,
    ],
    [
      { rule: "kyc_required", level: 1 },
      {},
      { payer: { ...facts.payer, kycLevel: 0 } },
      { payer: { ...facts.payer, kycLevel: null } },
    ],
    [{ rule: "rate", perMinute: 1, burst: 1 }, { tokens: { r0: 1 } }, { tokens: { r0: 0.9 } }, { tokens: {} }],
    [{ rule: "payees", allow: ["acme"] }, {}, acting({ payee: AccountId.parse("bolt") }), null],
    [{ rule: "payees", deny: ["bolt"] }, {}, acting({ payee: AccountId.parse("bolt") }), null],
    [
      { rule: "geography", of: "payer", deny: ["XX"] },
      {},
      { payer: { ...facts.payer, country: "XX" } },
      { payer: { ...facts.payer, country: null } },
    ],
    [
      { rule: "geography", of: "payee", allow: ["AT"] },
      {},
      acting({ payeeCountry: "DE" }),
      acting({ payeeCountry: null }),
    ],
    [
      { rule: "hours", zone: "Europe/Vienna", from: "09:00", to: "17:00" },
      {},
      { nowMs: at("2026-11-20T16:00:00Z") },
      { nowMs: null },
    ],
    [
      { rule: "hours", zone: "UTC", from: "22:00", to: "02:00", days: [5] },
      { nowMs: at("2026-11-21T01:59:00Z") },
      { nowMs: at("2026-11-20T01:00:00Z") },
      null,
    ],
    [{ rule: "reputation", least: 0.9 }, {}, acting({ reputation: 0.89 }), acting({ reputation: null })],
    [{ rule: "stake", least: paid("1000") }, {}, acting({ stake: credits(999n) }), acting({ stake: null })],
  ];
  for (const [rule, passing, breaking, unknown] of table) {
    const no = rule.rule === "consent_required" ? "ask" : "deny";
    expect([rule, verdict(rule, passing)]).toEqual([rule, "allow"]);
    expect([rule, verdict(rule, breaking)]).toEqual([rule, no]);
    if (no === "deny") expect([rule, verdict({ ...rule, otherwise: "ask" }, breaking)]).toEqual([rule, "ask"]);
    if (unknown) expect([rule, verdict(rule, unknown)]).toEqual([rule, no]);
  }
});

test("[Y3] the limit that a denial names is the most that passes", () => {
  const amounts = fc.bigInt({ min: 0n, max: 10_000n });
  fc.assert(
    fc.property(amounts, amounts, amounts, (most, spent, asked) => {
      const policy = policyOf({ rule: "max_amount", most: paid(String(most)), per: "run" });
      const given = (amount: bigint): Facts => ({
        ...facts,
        sums: { run: credits(spent) },
        action: { ...action, amount: credits(amount) },
      });
      const said = judge(policy, given(asked));
      expect(said.verdict).toBe(spent + asked <= most ? "allow" : "deny");
      if (said.verdict !== "deny" || !said.limit) return;
      expect(judge(policy, given(said.limit.amount)).verdict).toBe(spent <= most ? "allow" : "deny");
      expect(judge(policy, given(said.limit.amount + 1n)).verdict).toBe("deny");
    }),
  );
});

const MILD = { allow: 0, ask: 1, deny: 2 } as const;

test("[Y2] whatever the facts, judging ends in a verdict, and another rule never makes it milder", () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 6 }), fc.tuple(anyRule, fc.nat(6)), anyFacts, (rules, added, given) => {
      const [more, place] = added;
      const before = judge(policyOf(...rules), given);
      const after = judge(policyOf(...rules.slice(0, place), more, ...rules.slice(place)), given);
      expect(MILD[after.verdict]).toBeGreaterThanOrEqual(MILD[before.verdict]);
    }),
  );
});

test("[Y2] a denial outweighs a question, and the first of equals decides", () => {
  const ask = { rule: "max_amount", most: paid("1"), per: "step", otherwise: "ask", approvers: ["eve"] };
  const policy = policyOf(
    ask,
    { rule: "payees", deny: ["acme"], because: "Never them." },
    { rule: "payees", deny: ["acme"] },
  );
  expect(judge(policy, facts)).toMatchObject({ verdict: "deny", rule: "r1", message: "Never them." });
  expect(judge(policyOf(ask, { ...ask, approvers: ["bob"] }), facts)).toMatchObject({
    verdict: "ask",
    rule: "r0",
    approvers: ["eve"],
  });
});

test("[Y2] a condition decides whether a rule holds; one that cannot be decided denies", () => {
  const rule = (when: string) => ({ rule: "payees", deny: ["acme"], when });
  expect(verdict(rule("amount > 100"))).toBe("allow");
  expect(verdict(rule('amount > 10 && "read" in categories'))).toBe("deny");
  const unknown = { payer: { ...facts.payer, country: null } };
  expect(verdict({ rule: "payees", when: 'payer_country == "DE"' }, unknown)).toBe("deny");
  expect(verdict({ rule: "payees", when: "amount < 10" }, acting({ amount: credits(10n ** 20n) }))).toBe("deny");
});

test("[Y4] of a plan, what only the run can tell is left open, and the rest is judged", () => {
  const policy = policyOf(
    { rule: "consent_required" },
    { rule: "max_amount", most: paid("100"), per: "day" },
    { rule: "rate", perMinute: 1, burst: 1 },
    { rule: "payees", deny: ["bolt"] },
  );
  const known = { ...facts, nowMs: null, sums: {} };
  expect(judgePlan(policy, known, [action])).toEqual({ verdict: "allow", open: ["r0", "r1", "r2"] });
  const other = { ...action, payee: AccountId.parse("bolt") };
  expect(judgePlan(policy, known, [action, other])).toMatchObject({ verdict: "deny", rule: "r3" });
});

test("[Y1] a hostile or broken policy gives typed faults, each with its rule and field", () => {
  const faults = (given: unknown) => {
    const checked = checkPolicy(given);
    return checked.ok ? [] : checked.error;
  };
  expect(
    faults({
      version: 1,
      rules: [
        { id: "a", rule: "payees" },
        { id: "a", rule: "payees", when: "amount >" },
      ],
    }),
  ).toMatchObject([
    { code: "rule_repeated", rule: "a" },
    { code: "condition_invalid", rule: "a", field: "when" },
  ]);
  for (const given of [
    null,
    7,
    "x",
    {},
    { version: 2, rules: [] },
    { version: 1, rules: Array(501).fill({ id: "a", rule: "payees" }) },
  ])
    expect(faults(given)[0]?.code).toBe("policy_invalid");
  expect(
    faults({ version: 1, rules: [{ id: "z", rule: "hours", zone: "Mars/Base", from: "9", to: "25:00" }] }).map(
      ({ field }) => field,
    ),
  ).toEqual(["zone", "from", "to"]);
  expect(faults(JSON.parse('{"version":1,"rules":[{"__proto__":{},"id":"a","rule":"payees"}]}'))[0]?.code).toBe(
    "policy_invalid",
  );
  fc.assert(
    fc.property(fc.anything(), (given) => {
      expect(checkPolicy(given).ok).toBe(false);
    }),
  );
});

test("[Y3] sums are asked for by window and key, days and months as the zone counts them", () => {
  const policy = policyOf(
    { rule: "max_amount", most: paid("1"), per: "day", by: "agent", zone: "Asia/Tokyo" },
    { rule: "max_amount", most: paid("1"), per: "step" },
  );
  expect(
    neededSums(
      policy.rules.map(({ rule }) => rule),
      action,
    ),
  ).toEqual([
    { key: "day Asia/Tokyo agent acme/reader@1.0.0", per: "day", zone: "Asia/Tokyo", by: "agent", of: action.agent },
  ]);
  const newYear = at("2026-12-31T15:30:00Z");
  expect([windowOf("day", newYear, "Asia/Tokyo"), windowOf("month", newYear, "UTC")]).toEqual([
    "2027-01-01",
    "2026-12",
  ]);
});
