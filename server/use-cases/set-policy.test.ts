import { expect, test } from "vitest";
import { AccountId, type Digest } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { Policy } from "@/flows/policy/rules";
import { nobody } from "../api/services-of-nobody.contract";
import type { Member, Organisation } from "../repos/organisations-repo";
import { setPolicy } from "./set-policy";

const ada = AccountId.parse("ada");

const member = (person: string, groups: readonly string[]): Member => ({
  ...{ person: AccountId.parse(person), name: person, groups },
  roles: ["approver"],
});
const acme: Organisation = {
  ...{ id: "acme", name: "Acme", invited: [] },
  members: [member("ada", ["finance"]), member("bob", ["finance"]), member("carol", ["finance"]), member("dan", [])],
};

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
  return { services: { organisations: { ...nobody.organisations, list: async () => [acme] }, policies }, put };
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

test("[Y9] a rule whose people cannot come to a yes is refused when it is set, and says what to do", async () => {
  const faultsOf = async (rule: object) => {
    const { services, put } = studio();
    const told = await setPolicy(services, ada, {
      version: 1,
      rules: [{ id: "a", rule: "consent_required", ...rule }],
    });
    expect(put).toHaveLength(told.ok ? 1 : 0);
    return told.ok ? [] : told.error.faults.map(({ code, field, message }) => `${code} ${field}: ${message}`);
  };
  const finance = ["@group:acme/finance"];
  const short = (least: number, most: number) => [
    `approvers_too_few agreement.least: Yeses have to come to ${least}, and all who are asked come to ${most}: name more people, or ask for fewer yeses.`,
  ];
  const least = (most: number, more: object = {}) => ({ agreement: { least: most, ...more } });
  expect(await faultsOf({ approvers: finance, ...least(2) })).toEqual([]);
  // Whoever starts the run counts in no group, unless the rule names them; and nobody counts twice.
  expect(await faultsOf({ approvers: finance, ...least(3) })).toEqual(short(3, 2));
  expect(await faultsOf({ approvers: [...finance, "@starter"], ...least(3) })).toEqual([]);
  expect(await faultsOf({ approvers: ["@role:acme/approver", ...finance], ...least(4) })).toEqual(short(4, 3));
  expect(await faultsOf({ approvers: ["@starter", "ada"], ...least(2) })).toEqual(short(2, 1));
  expect(await faultsOf({ approvers: finance, ...least(4, { weights: { [finance[0] ?? ""]: 2 } }) })).toEqual([]);
  // Of an organisation that the owner does not belong to, or a group with nobody in it, nobody would be asked.
  expect(await faultsOf({ approvers: ["@group:other/finance"] })).toHaveLength(1);
  expect(await faultsOf({ approvers: ["@group:acme/nobody"] })).toHaveLength(1);
  expect(await faultsOf({ approvers: ["whoever-that-is"] })).toEqual([]);
});
