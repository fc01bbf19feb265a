import type { AccountId, Digest } from "@/flows/basics/ids";
import type { Currency } from "@/flows/basics/money";
import type { Manifests } from "@/flows/nodes/kind";
import { isPaying } from "@/flows/plan/instructions";
import type { Plan } from "@/flows/plan/plan";
import { unknownPayer } from "@/flows/policy/apply";
import { checkPolicy } from "@/flows/policy/check";
import { type Action, neededSums } from "@/flows/policy/facts";
import { judge, judgePlan, type Verdict } from "@/flows/policy/judge";
import { inCurrency } from "@/flows/run/preflight";
import type { Services } from "../services";

/** What the rules that a payer has in force say of a plan, before any of it is done. */
export type Ruled = { digest: Digest; verdict: Verdict };

type Asked = { payer: AccountId; plan: Plan; currency: Currency; manifests: Manifests };

/**
 * Holds every payment that a plan can make against the payer's rules: the plan itself, and what is known at this moment.
 * Null when no rules are in force. Each payment is judged again before it is made. [Y7]
 */
export async function judgeAtStart(
  services: Pick<Services, "clock" | "policies">,
  { payer, plan, currency, manifests }: Asked,
): Promise<Ruled | null> {
  const kept = await services.policies.inForce(payer);
  if (!kept) return null;
  const { digest } = kept;
  const checked = checkPolicy(kept.policy);
  if (!checked.ok) return { digest, verdict: unreadable };
  const policy = checked.value;
  const actions = actionsOf(plan, { currency, manifests });
  const rules = policy.rules.map(({ rule }) => rule);
  const nowMs = services.clock.now();
  const known = { payer: unknownPayer(payer), consented: false, tokens: {} };
  const ofPlan = judgePlan(policy, { ...known, nowMs: null, sums: {} }, actions);
  if (ofPlan.verdict === "deny") return { digest, verdict: ofPlan };
  const wanted = actions.flatMap((action) => neededSums(rules, action));
  const sums = await services.policies.sums(payer, wanted, { currency, nowMs });
  const now = actions.map((action) => judge(policy, { ...known, stage: "start", nowMs, sums, action }));
  return { digest, verdict: now.find(({ verdict }) => verdict === "deny") ?? ofPlan };
}

const unreadable: Verdict = {
  verdict: "deny",
  rule: "policy",
  message: "The rules that are in force cannot be read.",
  passes: "Rules that this studio can read.",
};

/** Every payment that a plan can make, at its cap, as the rules look at it. One in another currency is judged in its own. */
function actionsOf({ steps }: Plan, { currency, manifests }: Pick<Asked, "currency" | "manifests">): Action[] {
  return steps.flatMap(({ instruction }): Action[] => {
    if (!isPaying(instruction)) return [];
    const { op: kind, payee, publisher, cap } = instruction;
    const agent = instruction.op === "call" ? instruction.agent : null;
    const amount = inCurrency(cap, currency) ?? cap;
    const categories = agent === null ? [] : (manifests.get(agent)?.capabilities ?? []);
    return [{ kind, agent, payee, publisher, amount, categories, reputation: null, stake: null, payeeCountry: null }];
  });
}
