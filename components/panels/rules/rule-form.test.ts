import fc from "fast-check";
import { expect, test } from "vitest";
import { Rule } from "@/flows/policy/rules";
import { FRESH_FORM, formOf, movedUp, type RuleForm, ruleOf, withRule } from "./rule-form";
import { aboutWords, outcomeWords } from "./rule-words";

const made = (form: Partial<RuleForm>) => {
  const told = ruleOf({ ...FRESH_FORM, id: "r", most: 50_000_000n, ...form });
  if (!("rule" in told)) throw new Error(told.problem);
  return told.rule;
};
const words = (rule: Rule) => `${aboutWords(rule)} ${outcomeWords(rule)}`;

test("a rule is told in a sentence", () => {
  expect(words(made({}))).toBe("More than 50.00 credits in one payment asks whoever starts the run: one yes.");
  expect(words(made({ about: "day", beyond: "refuse" }))).toBe("More than 50.00 credits in a day is refused.");
  const three = { starter: false, others: "bob\neve, ann", least: 2, by: "passkey" as const };
  expect(words(made({ about: "every", ...three }))).toBe(
    "Every payment asks bob, eve, ann: 2 yeses; a yes takes a passkey.",
  );
  const weighted = { rule: "consent_required", id: "w", approvers: ["bob", "eve"], when: "amount > 5" };
  const more = {
    agreement: { least: 3, against: 2, weights: { bob: 2 } },
    evidence: { by: "signed", above: { currency: "microcredits", amount: "9000000" } },
  };
  expect(words(Rule.parse({ ...weighted, ...more }))).toBe(
    "Every payment, where amount > 5, asks bob, eve: yeses that come to 3; noes that come to 2 refuse; bob counts 2; " +
      "a yes takes a passkey or the signature of your linked wallet above 9.00 credits.",
  );
});

test("what a form says comes back out of its rule, and a rule that says more than the form is not edited in it", () => {
  const form = fc.record({
    id: fc.constantFrom("a", "above-50"),
    about: fc.constantFrom("every" as const, "step" as const, "day" as const),
    most: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    beyond: fc.constantFrom("ask" as const, "refuse" as const),
    starter: fc.boolean(),
    others: fc.constantFrom("bob", "bob\n@group:acme/finance"),
    least: fc.integer({ min: 1, max: 100 }),
    against: fc.integer({ min: 1, max: 100 }),
    by: fc.constantFrom("click" as const, "fresh" as const, "passkey" as const),
    because: fc.constantFrom("", "Pay?"),
  });
  fc.assert(
    fc.property(form, (given) => {
      const rule = made(given);
      const shown = formOf(rule);
      expect(shown && made(shown)).toEqual(rule);
    }),
  );
  const common = { id: "r", rule: "consent_required" };
  const more = [
    { ...common, when: "amount > 5" },
    { ...common, agreement: { least: 1, weights: { "@starter": 2 } } },
    { ...common, evidence: { by: "wallet", above: { currency: "microcredits", amount: "1" } } },
    { ...common, rule: "max_amount", per: "day", by: "payee", most: { currency: "microcredits", amount: "1" } },
    { ...common, rule: "max_amount", per: "day", most: { currency: "usdc_base", amount: "1" } },
    { ...common, rule: "rate", perMinute: 1, burst: 1 },
  ];
  for (const rule of more) expect(formOf(Rule.parse(rule))).toBeNull();
});

test("what is wrong with a form is said in a sentence that says what to write", () => {
  const problem = (form: Partial<RuleForm>) => {
    const told = ruleOf({ ...FRESH_FORM, id: "r", most: 1n, ...form });
    return "problem" in told ? `${told.field}: ${told.problem}` : null;
  };
  expect(problem({})).toBeNull();
  expect(problem({ most: null })).toMatch(/^most: An amount in credits/);
  expect(problem({ about: "every", most: null })).toBeNull();
  expect(problem({ id: "Above 50" })).toMatch(/^id: .*small letters/);
  for (const none of [{ starter: false }, { others: "@everybody" }])
    expect(problem(none)).toMatch(/^approvers: Somebody to ask/);
  for (const least of [0, null, 1.5]) expect(problem({ least })).toMatch(/^agreement: .*from 1 to 100/);
});

test("a rule takes the place of the one that it was, or comes last; and moves up", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => made({ id })) as [Rule, Rule, Rule];
  const ids = (rules: readonly Rule[]) => rules.map(({ id }) => id).join("");
  expect(ids(withRule([a, b], c, null))).toBe("abc");
  expect(ids(withRule([a, b], c, "a"))).toBe("cb");
  expect(ids(withRule([b], c, "a"))).toBe("bc"); // somebody took it away meanwhile
  expect(ids(movedUp([a, b, c], "c"))).toBe("acb");
  for (const id of ["a", "gone"]) expect(ids(movedUp([a, b], id))).toBe("ab");
});
