import type { AccountId, Approver } from "@/flows/basics/ids";
import { isGroup, weightOf } from "@/flows/plan/agreement";
import { tooFew } from "@/flows/policy/asking-faults";
import { asksPeople, type Policy, type PolicyFault, type Rule } from "@/flows/policy/rules";
import type { Organisation } from "../repos/organisations-repo";
import type { Services } from "../services";

/**
 * Rules that ask people of whom too few could ever agree, as those people are now: each person once, only members of
 * organisations that the owner belongs to, and the owner only where the rule names them. An account that is named counts
 * whether there is one or not: nobody is told that. [Y9]
 */
export async function reachFaults(
  { organisations }: Pick<Services, "organisations">,
  owner: AccountId,
  { rules }: Policy,
): Promise<PolicyFault[]> {
  const asking = rules.filter(asksPeople);
  const known = asking.some(({ approvers }) => approvers.some(isGroup)) ? await organisations.list(owner) : [];
  return asking.flatMap((rule) => {
    const { least = 1 } = rule.agreement ?? {};
    const most = sumOf(rule, owner, known);
    const field = rule.agreement ? "agreement.least" : "approvers";
    return most < least
      ? [{ code: "approvers_too_few" as const, rule: rule.id, field, message: tooFew(least, most) }]
      : [];
  });
}

function sumOf({ approvers, agreement }: Rule, owner: AccountId, known: readonly Organisation[]): number {
  const weights = agreement?.weights ?? {};
  const isNamed = approvers.some((approver) => approver === "@starter" || approver === owner);
  const people = new Map<AccountId, number>();
  for (const approver of approvers)
    for (const person of peopleOf(approver, owner, known))
      if (person !== owner || isNamed)
        people.set(person, Math.max(people.get(person) ?? 0, weightOf(weights, approver)));
  return [...people.values()].reduce((total, weight) => total + weight, 0);
}

function peopleOf(approver: Approver, owner: AccountId, known: readonly Organisation[]): AccountId[] {
  if (approver === "@starter") return [owner];
  if (!isGroup(approver)) return [approver];
  return known.flatMap(({ id, members }) =>
    members
      .filter(({ roles, groups }) => {
        const held = [...roles.map((role) => `@role:${id}/${role}`), ...groups.map((group) => `@group:${id}/${group}`)];
        return held.some((each) => each === approver);
      })
      .map(({ person }) => person),
  );
}
