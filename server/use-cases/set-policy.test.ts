import { expect, test } from "vitest";
import { AccountId, type Digest } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { Policy } from "@/flows/policy/rules";
import { setPolicy } from "./set-policy";

const ada = AccountId.parse("ada");

function studio() {
  const put: (Policy | null)[] = [];
  const policies = {
    inForce: async () => null,
    put: async (_: AccountId, policy: Policy | null): Promise<Digest | null> => {
      put.push(policy);
      return policy ? digestOf(policy) : null;
    },
    sums: async () => ({}),
  };
  return { services: { policies }, put };
}

test("[Y1] rules that cannot be decided are not put in force, and every fault is told", async () => {
  const { services, put } = studio();
  const rules = [
    { id: "a", rule: "consent_required", when: "amount >" },
    { id: "a", rule: "rate", perMinute: 1, burst: 1 },
  ];
  const told = await setPolicy(services, ada, { version: 1, rules });
  expect(told.ok ? [] : told.error.faults.map(({ code }) => code)).toEqual(["condition_invalid", "rule_repeated"]);
  for (const nothing of ["no rules", undefined, {}, []])
    expect(await setPolicy(services, ada, nothing)).toMatchObject({ ok: false, error: { code: "policy_invalid" } });
  expect(put).toEqual([]);
});

test("[Y7] rules are put in force whole, with what they leave out filled in, and null takes them away", async () => {
  const { services, put } = studio();
  const policy = { version: 1, rules: [{ id: "seen", rule: "consent_required" }] };
  expect(await setPolicy(services, ada, policy)).toMatchObject({ ok: true });
  expect(put[0]?.rules[0]).toMatchObject({ otherwise: "deny", approvers: ["@starter"] });
  expect(await setPolicy(services, ada, null)).toEqual({ ok: true, value: { digest: null } });
});
