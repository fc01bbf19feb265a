import type { AccountId, Digest } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf } from "@/flows/plan/digest";
import { checkPolicy } from "@/flows/policy/check";
import { Policy, type PolicyFault } from "@/flows/policy/rules";
import type { Services } from "../services";
import { type Changing, confirmed, type MeansError } from "./change-means";
import { reachFaults } from "./rule-reach";

export type SetPolicyError = { code: "policy_invalid"; faults: PolicyFault[] } | MeansError;

type Needs = Pick<Services, "evidence" | "organisations" | "passkeys" | "policies" | "wallets">;

/**
 * Puts rules in force for everything that an owner starts from now on, or takes away those that are. Where a rule in force
 * takes a signature for a yes, whatever might ask less takes one as well, of what the account signs with: else whoever found
 * its browser open would take the rule away. To add rules after those that there are asks nobody less. [Y1] [Y9] [P14]
 */
export async function setPolicy(
  services: Needs,
  changing: Changing,
  given: unknown,
): Promise<Result<{ digest: Digest | null }, SetPolicyError>> {
  const { owner } = changing;
  const read = given === null ? ok(null) : await readable(services, owner, given);
  if (!read.ok) return read;
  const policy = read.value;
  const kept = await services.policies.inForce(owner);
  if (kept && takesEvidence(kept.policy) && !isOnlyAdded(kept.policy, policy)) {
    const may = await confirmed(services, changing, { do: "rules", policy: policy && digestOf(policy) });
    if (!may.ok) return may;
  }
  return ok({ digest: await services.policies.put(owner, policy) });
}

async function readable(
  services: Needs,
  owner: AccountId,
  given: unknown,
): Promise<Result<Policy, { code: "policy_invalid"; faults: PolicyFault[] }>> {
  const checked = checkPolicy(given);
  if (!checked.ok) return err({ code: "policy_invalid", faults: checked.error });
  const policy = Policy.parse(JSON.parse(JSON.stringify(given, asText)));
  const faults = await reachFaults(services, owner, policy);
  return faults.length > 0 ? err({ code: "policy_invalid", faults }) : ok(policy);
}

/** A caller may send fields that say nothing (undefined), which no JSON has: they are left out, so that rules have one digest. */
const asText = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

const takesEvidence = ({ rules }: Policy) => rules.some(({ evidence }) => evidence !== undefined);

/** Whether all rules are there as they were, in their order, before any other: then no payment is asked about less. [Y2] [Y8] */
function isOnlyAdded(before: Policy, after: Policy | null): boolean {
  return after !== null && canonicalJson(after.rules.slice(0, before.rules.length)) === canonicalJson(before.rules);
}
