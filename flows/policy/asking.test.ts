import fc from "fast-check";
import { expect, test } from "vitest";
import { EVIDENCE } from "../basics/evidence-kinds";
import { checkPolicy } from "./check";
import { judge } from "./judge";
import { anyFacts, anyRule, facts, paid, policyOf, type Written } from "./written.contract";

const ASKS = { rule: "consent_required", approvers: ["bob", "eve", "ann"] };
const asked = (...rules: Written[]) => {
  const said = judge(policyOf(...rules), facts);
  return said.verdict === "ask" ? (said.agreement ?? "a click of one") : said.verdict;
};

test("[Y8] a rule that asks says how many must agree and by what, above an amount of its own", () => {
  expect(asked(ASKS)).toBe("a click of one");
  expect(asked({ ...ASKS, agreement: {} })).toBe("a click of one");
  expect(asked({ ...ASKS, agreement: { least: 2, weights: { bob: 2 } } })).toEqual({
    ...{ least: 2, against: 1, weights: { bob: 2 } },
  });
  const evidence = (by: string, above?: string) => ({
    ...ASKS,
    evidence: { by, ...(above ? { above: paid(above) } : {}) },
  });
  const one = { least: 1, against: 1, weights: {} };
  expect(asked(evidence("passkey"))).toEqual({ ...one, evidence: { kinds: ["passkey"] } });
  expect(asked(evidence("fresh", "29"))).toEqual({ ...one, evidence: { kinds: ["confirmed", "passkey", "wallet"] } });
  expect(asked(evidence("fresh", "30"))).toBe("a click of one"); // the payment is 30
});

test("[Y8] what several rules ask of a yes holds together, and what cannot denies", () => {
  const two = { ...ASKS, agreement: { least: 2, against: 2 } };
  const by = (kind: string) => ({ ...ASKS, evidence: { by: kind } });
  const others = { rule: "consent_required", approvers: ["dan"] };
  const kinds = (...all: string[]) => ({ least: 1, against: 1, weights: {}, evidence: { kinds: all } });
  expect(asked(ASKS, two)).toEqual({ least: 2, against: 1, weights: {} });
  expect(asked({ ...ASKS, approvers: ["ann", "bob", "eve"] }, two)).toEqual({ least: 2, against: 1, weights: {} });
  expect(asked(by("fresh"), by("signed"))).toEqual(kinds("passkey", "wallet"));
  expect(asked(by("passkey"), others, { ...others, evidence: { by: "signed" } })).toEqual(kinds("passkey"));
  expect(asked(two, others)).toEqual({ least: 2, against: 2, weights: {} });
  expect(judge(policyOf(others, two), facts)).toMatchObject({
    ...{ verdict: "deny", rule: "r1", message: "The rules r0 and r1 ask different people about one payment." },
    passes: "Put r1 first, let both ask the same people, or let their conditions exclude each other.",
  });
  expect(asked({ ...two, agreement: { least: 2, weights: { bob: 2 } } }, two)).toBe("deny");
  expect(judge(policyOf(by("wallet"), by("passkey")), facts)).toMatchObject({
    ...{ verdict: "deny", message: "The rules r0 and r1 ask for evidence that no yes has at once." },
  });
});

test("[Y2] [Y8] rules that cannot hold together deny, whatever rule is put before them", () => {
  const two = { ...ASKS, agreement: { least: 1, against: 2 } };
  const others = { rule: "consent_required", approvers: ["dan"] };
  expect(asked(others, two)).toBe("deny");
  expect(asked(ASKS, others, two)).toBe("deny");
  expect(asked(others, ASKS, two)).toBe("deny");
  expect(asked(two, others, ASKS)).toBe("a click of one");
});

test("[Y8] another rule takes nothing from what the rules before it ask of a yes", () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 5 }), anyRule, anyFacts, (rules, more, given) => {
      const [before, after] = [judge(policyOf(...rules), given), judge(policyOf(...rules, more), given)];
      if (before.verdict !== "ask" || after.verdict !== "ask") return;
      const [was, is] = [before.agreement, after.agreement];
      expect(after.approvers).toEqual(before.approvers);
      expect(is?.least ?? 1).toBeGreaterThanOrEqual(was?.least ?? 1);
      expect(is?.against ?? 1).toBeLessThanOrEqual(was?.against ?? 1);
      const counted: readonly string[] = was?.evidence?.kinds ?? EVIDENCE;
      expect((is?.evidence?.kinds ?? EVIDENCE).filter((kind) => !counted.includes(kind))).toEqual([]);
    }),
  );
});

test("[Y9] what a rule says of people and could never come true is refused, with what to do", () => {
  const faults = (rule: Written) => {
    const checked = checkPolicy({ version: 1, rules: [{ id: "r", ...rule }] });
    return checked.ok ? [] : checked.error.map(({ code, field }) => `${code} ${field}`);
  };
  expect(faults({ ...ASKS, agreement: { least: 3 } })).toEqual([]);
  expect(faults({ ...ASKS, agreement: { least: 4 } })).toEqual(["approvers_too_few agreement.least"]);
  expect(faults({ ...ASKS, agreement: { least: 4, weights: { bob: 2 } } })).toEqual([]);
  expect(faults({ ...ASKS, approvers: ["bob", "bob"], agreement: { least: 2 } })).toHaveLength(1);
  expect(faults({ ...ASKS, approvers: ["@group:acme/finance"], agreement: { least: 4 } })).toEqual([]);
  expect(faults({ ...ASKS, agreement: { weights: { zoe: 2 } } })).toEqual(["agreement_idle agreement.weights"]);
  const denies = { rule: "payees", deny: ["acme"] };
  expect(faults({ ...denies, agreement: { least: 1 } })).toEqual(["agreement_idle agreement"]);
  expect(faults({ ...denies, evidence: { by: "passkey" } })).toEqual(["agreement_idle evidence"]);
  expect(faults({ ...denies, otherwise: "ask", evidence: { by: "passkey" } })).toEqual([]);
  for (const unknown of [{ by: "voice" }, { by: "session" }, { by: [] }, {}, "passkey", { by: "passkey", kinds: [] }])
    expect(faults({ ...ASKS, evidence: unknown })).toHaveLength(1);
  for (const unknown of [{ least: 0 }, { least: 101 }, { least: 1.5 }, { ladder: [] }, { weights: { bob: 0 } }, 2])
    expect(faults({ ...ASKS, agreement: unknown })).not.toEqual([]);
});
