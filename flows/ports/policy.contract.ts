import { describe, expect, test } from "vitest";
import { AccountId, AgentId, Digest, OperationId, RunId, StepId } from "../basics/ids";
import { money } from "../basics/money";
import type { PolicyAsk, PolicyPort } from "./policy";

/** A store of rules around a port: what is kept, and what has become of runs and payments since they were judged. */
export type PolicyRig = {
  port: PolicyPort;
  /** Keeps rules, and gives the digest that runs carry. */
  keep(rules: readonly object[]): Promise<Digest>;
  /** A run of eve's that is under way. */
  begin(run: RunId): Promise<void>;
  /** What was judged under this operation has been paid, at this price. */
  pays(ask: PolicyAsk, amount: bigint): Promise<void>;
  ends(run: RunId): Promise<void>;
};

const eve = AccountId.parse("eve");
const credits = (amount: bigint) => money("microcredits", amount);
const most = (amount: string) => ({ currency: "microcredits", amount });

/** Rules every policy adapter must keep. `open` knows the accounts eve and acme, and the agent acme/reader@1.0.0. */
export function policyContract(name: string, open: () => Promise<PolicyRig>) {
  /** `place` is a run and a step, as in `a/one`. */
  const asking = (policy: Digest, place: `${string}/${string}`, amount: bigint): PolicyAsk => ({
    operation: OperationId.parse(`${place}/judge`),
    run: RunId.parse(place.replace(/\/.*/, "")),
    plan: Digest.parse("a".repeat(64)),
    policy,
    payer: eve,
    action: {
      kind: "call",
      step: StepId.parse(place.replace(/.*\//, "")),
      path: [],
      agent: AgentId.parse("acme/reader@1.0.0"),
      payee: AccountId.parse("acme"),
      publisher: "outside",
      amount: credits(amount),
    },
  });
  const verdictOf = async (port: PolicyPort, ask: PolicyAsk) => {
    const judged = await port.judge(ask);
    return judged.ok ? judged.value.verdict : judged.error.code;
  };

  describe(`policy: ${name}`, () => {
    test("[Y7] rules that nobody keeps deny, and rules that are kept say which of them decided", async () => {
      const { port, keep, begin } = await open();
      await begin(RunId.parse("a"));
      const nobody = Digest.parse("0".repeat(64));
      expect(await verdictOf(port, asking(nobody, "a/one", 1n))).toBe("policy_unknown");
      const policy = await keep([
        { id: "dear", rule: "max_amount", per: "step", most: most("10"), because: "Too dear." },
        { id: "seen", rule: "consent_required", when: "amount > 5", approvers: ["bob"] },
      ]);
      expect(await port.judge(asking(policy, "a/two", 5n))).toEqual({ ok: true, value: { verdict: "allow" } });
      expect(await port.judge(asking(policy, "a/three", 11n))).toEqual({
        ok: true,
        value: { verdict: "deny", rule: "dear", message: "Too dear." },
      });
      expect(await port.judge(asking(policy, "a/four", 6n))).toMatchObject({
        ok: true,
        value: { verdict: "ask", rule: "seen", approvers: ["bob"] },
      });
    });

    test("[Y8] a rule that asks says how many must agree and by what, and an operation keeps that, too", async () => {
      const { port, keep, begin } = await open();
      await begin(RunId.parse("a"));
      const asks = { rule: "consent_required", approvers: ["bob", "eve", "acme"] };
      const policy = await keep([
        { id: "two", ...asks, agreement: { least: 2 } },
        { id: "dear", ...asks, evidence: { by: "passkey", above: most("5") } },
      ]);
      const agreement = { least: 2, against: 1, weights: {} };
      const said = { ...{ verdict: "ask", rule: "two" }, approvers: ["bob", "eve", "acme"] };
      const cheap = await port.judge(asking(policy, "a/cheap", 5n));
      expect(cheap).toMatchObject({ ok: true, value: { ...said, agreement } });
      const dear = await port.judge(asking(policy, "a/dear", 6n));
      expect(dear).toMatchObject({
        ok: true,
        value: { ...said, agreement: { ...agreement, evidence: { kinds: ["passkey"] } } },
      });
      expect(await port.judge(asking(policy, "a/dear", 6n))).toEqual(dear);
    });

    test("[P1] [P3] an operation is judged once: it keeps its verdict, and is nobody else's", async () => {
      const { port, keep, begin } = await open();
      await begin(RunId.parse("a"));
      const policy = await keep([{ id: "run", rule: "max_amount", per: "run", most: most("10") }]);
      const ask = asking(policy, "a/one", 10n);
      expect(await verdictOf(port, ask)).toBe("allow");
      expect(await verdictOf(port, ask)).toBe("allow");
      expect(await verdictOf(port, asking(policy, "a/one", 9n))).toBe("operation_reused");
      expect(await verdictOf(port, asking(policy, "a/two", 1n))).toBe("deny");
    });

    test("[Y6] what was paid counts, and what may still be paid, over all runs of the payer; what was not paid is free again", async () => {
      const { port, keep, begin, pays, ends } = await open();
      for (const run of ["a", "b"]) await begin(RunId.parse(run));
      const policy = await keep([
        { id: "day", rule: "max_amount", per: "day", zone: "Europe/Vienna", most: most("100") },
        { id: "agent", rule: "max_amount", per: "month", by: "agent", most: most("90") },
      ]);
      const first = asking(policy, "a/one", 60n);
      expect(await verdictOf(port, first)).toBe("allow");
      expect(await verdictOf(port, asking(policy, "b/one", 41n))).toBe("deny");
      await pays(first, 20n);
      expect(await verdictOf(port, asking(policy, "b/two", 41n))).toBe("allow");
      expect(await verdictOf(port, asking(policy, "b/three", 30n))).toBe("deny"); // 91 on one agent
      await ends(RunId.parse("b"));
      expect(await verdictOf(port, asking(policy, "a/two", 70n))).toBe("allow");
      expect(await verdictOf(port, asking(policy, "a/three", 1n))).toBe("deny");
    });

    test("[Y6] payments that are judged at once never take more of a limit together than there is", async () => {
      const { port, keep, begin } = await open();
      const runs = Array.from({ length: 12 }, (_, place) => `r${place}`);
      for (const run of runs) await begin(RunId.parse(run));
      const policy = await keep([{ id: "day", rule: "max_amount", per: "day", by: "payee", most: most("50") }]);
      const verdicts = await Promise.all(runs.map((run) => verdictOf(port, asking(policy, `${run}/one`, 10n))));
      expect(verdicts.filter((verdict) => verdict === "allow")).toHaveLength(5);
      expect(verdicts.filter((verdict) => verdict === "deny")).toHaveLength(7);
    });

    test("[Y5] a rule of rate lets as many through at once as it says, and counts only those that it is about", async () => {
      const { port, keep, begin } = await open();
      await begin(RunId.parse("a"));
      const policy = await keep([{ id: "rate", rule: "rate", perMinute: 1, burst: 2, when: "amount > 5" }]);
      const verdicts: string[] = [];
      for (const [place, amount] of [1n, 6n, 1n, 6n, 6n, 1n].entries())
        verdicts.push(await verdictOf(port, asking(policy, `a/s${place}`, amount)));
      expect(verdicts).toEqual(["allow", "allow", "allow", "allow", "deny", "allow"]);
    });

    test("[Y3] what nobody has proved denies: who the payer is, where an agent is, what it is worth", async () => {
      const { port, keep, begin } = await open();
      await begin(RunId.parse("a"));
      for (const [place, rule] of [
        { rule: "kyc_required", level: 1 },
        { rule: "geography", of: "payee", allow: ["AT"] },
        { rule: "reputation", least: 0.1 },
        { rule: "stake", least: most("1") },
      ].entries()) {
        const policy = await keep([{ id: "known", ...rule }]);
        expect([rule.rule, await verdictOf(port, asking(policy, `a/s${place}`, 1n))]).toEqual([rule.rule, "deny"]);
      }
    });
  });
}
