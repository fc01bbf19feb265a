import type { AccountId, Digest } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { checkPolicy } from "@/flows/policy/check";
import { Policy, type PolicyFault } from "@/flows/policy/rules";
import type { Services } from "../services";
import { reachFaults } from "./rule-reach";

export type SetPolicyError = { code: "policy_invalid"; faults: PolicyFault[] };

/** Puts rules in force for everything that an owner starts from now on, or takes away those that are. [Y1] [Y9] */
export async function setPolicy(
  services: Pick<Services, "organisations" | "policies">,
  owner: AccountId,
  given: unknown,
): Promise<Result<{ digest: Digest | null }, SetPolicyError>> {
  if (given === null) return ok({ digest: await services.policies.put(owner, null) });
  const checked = checkPolicy(given);
  if (!checked.ok) return err({ code: "policy_invalid", faults: checked.error });
  const policy = Policy.parse(given);
  const faults = await reachFaults(services, owner, policy);
  if (faults.length > 0) return err({ code: "policy_invalid", faults });
  return ok({ digest: await services.policies.put(owner, policy) });
}
