import { expect, test } from "vitest";
import { AccountId, type Digest } from "@/flows/basics/ids";
import { err, ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import { confirmationOf } from "@/flows/plan/means-change";
import { Policy } from "@/flows/policy/rules";
import type { EvidenceAsk } from "@/flows/ports/evidence";
import { nobody } from "../api/services-of-nobody.contract";
import type { Member, Organisation } from "../repos/organisations-repo";
import type { Signed } from "./prove-evidence";
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

const KEY = { id: "k", name: "Laptop", createdAt: new Date(0), usedAt: null, waitsUntil: null };
const faultsIn = (told: Awaited<ReturnType<typeof setPolicy>>) =>
  !told.ok && told.error.code === "policy_invalid" ? told.error.faults : [];

type Has = { before?: readonly object[]; passkey?: boolean };

/** Rules that are in force or none, and an account that has a passkey or none. What is signed names the digest that it is about. */
function studio({ before, passkey = false }: Has = {}) {
  const put: (Policy | null)[] = [];
  const policy = before ? Policy.parse({ version: 1, rules: before }) : null;
  const passkeys = { ...nobody.passkeys, list: async () => (passkey ? [KEY] : []) };
  const prove = async (ask: EvidenceAsk, { nonce }: { nonce: string }) =>
    nonce === digestOf(ask.about)
      ? ok({ kind: "passkey" as const, proof: "{}" })
      : err({ code: "challenge_expired" as const });
  const evidence = { ...nobody.evidence, passkey: { ...nobody.evidence.passkey, prove } };
  const policies = {
    inForce: async () => policy && { digest: digestOf(policy), policy },
    put: async (_: AccountId, policy: Policy | null): Promise<Digest | null> => {
      put.push(policy);
      return policy ? digestOf(policy) : null;
    },
    sums: async () => ({}),
  };
  const organisations = { ...nobody.organisations, list: async () => [acme] };
  return { services: { ...nobody, evidence, organisations, passkeys, policies }, put };
}

test("[Y1] rules that cannot be decided are not put in force, and every fault is told", async () => {
  const { services, put } = studio();
  const rules = [
    { id: "a", rule: "consent_required", when: "amount >" },
    { id: "a", rule: "rate", perMinute: 1, burst: 1 },
  ];
  const told = await setPolicy(services, { owner: ada }, { version: 1, rules });
  expect(faultsIn(told).map(({ code }) => code)).toEqual(["condition_invalid", "rule_repeated"]);
  for (const nothing of ["no rules", undefined, {}, []])
    expect(await setPolicy(services, { owner: ada }, nothing)).toMatchObject({
      ok: false,
      error: { code: "policy_invalid" },
    });
  expect(put).toEqual([]);
});

test("[Y7] rules are put in force whole, with what they leave out filled in, and null takes them away", async () => {
  const { services, put } = studio();
  const policy = { version: 1, rules: [{ id: "seen", rule: "consent_required" }] };
  expect(await setPolicy(services, { owner: ada }, policy)).toMatchObject({ ok: true });
  expect(put[0]?.rules[0]).toMatchObject({ otherwise: "deny", approvers: ["@starter"] });
  const [rule] = policy.rules;
  const said = { version: 1, rules: [{ ...rule, because: undefined, evidence: undefined }] };
  expect(await setPolicy(services, { owner: ada }, said)).toEqual(await setPolicy(services, { owner: ada }, policy));
  expect(await setPolicy(services, { owner: ada }, null)).toEqual({ ok: true, value: { digest: null } });
});

test("[Y9] a rule whose people cannot come to a yes is refused when it is set, and says what to do", async () => {
  const faultsOf = async (rule: object) => {
    const { services, put } = studio();
    const told = await setPolicy(
      services,
      { owner: ada },
      {
        version: 1,
        rules: [{ id: "a", rule: "consent_required", ...rule }],
      },
    );
    expect(put).toHaveLength(told.ok ? 1 : 0);
    return faultsIn(told).map(({ code, field, message }) => `${code} ${field}: ${message}`);
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

test("[P14] where a rule takes a signature, whatever might ask less takes one, too; to add rules behind it does not", async () => {
  const dear = { id: "dear", rule: "consent_required", evidence: { by: "passkey" } };
  const [day, other] = [
    { id: "day", rule: "rate", perMinute: 5, burst: 5 },
    { id: "other", rule: "consent_required" },
  ];
  const rulesOf = (rules: readonly object[]) => ({ version: 1, rules });
  const set = (rules: readonly object[] | null, signed?: Signed, has: Has = { before: [dear, day], passkey: true }) =>
    setPolicy(studio(has).services, { owner: ada, signed }, rules && rulesOf(rules));
  for (const less of [null, [], [dear], [day], [day, dear], [other, dear, day], [{ ...other, id: "dear" }, day]])
    expect(await set(less)).toEqual({ ok: false, error: { code: "change_unconfirmed", kinds: ["passkey"] } });
  expect(await set([dear, day, other])).toMatchObject({ ok: true });

  const signedFor = (policy: object | null) => {
    const change = { do: "rules", policy: policy && digestOf(Policy.parse(policy)) } as const;
    return { kind: "passkey", nonce: digestOf(confirmationOf(change)) } as unknown as Signed;
  };
  expect(await set([day], signedFor(rulesOf([day])))).toMatchObject({ ok: true });
  expect(await set(null, signedFor(null))).toMatchObject({ ok: true });
  expect(await set(null, signedFor(rulesOf([day])))).toMatchObject({ ok: false, error: { code: "challenge_expired" } });

  // Nothing that counts, or no rule that takes a signature: nothing to sign with, and nothing to sign for.
  expect(await set(null, undefined, { before: [dear], passkey: false })).toMatchObject({ ok: true });
  expect(await set(null, undefined, { before: [other, day], passkey: true })).toMatchObject({ ok: true });
});
