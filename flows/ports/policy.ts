import type { AccountId, AgentId, Approver, Digest, OperationId, RunId, StepId } from "../basics/ids";
import type { Money } from "../basics/money";
import type { Result } from "../basics/result";
import type { RuleAgreement } from "../plan/agreement";

/** A payment that is about to be made, as the rules may look at it. `amount` is the most that it can come to. */
export type PolicyAction = {
  kind: "call" | "model" | "pay";
  step: StepId;
  path: readonly number[];
  agent: AgentId | null;
  payee: AccountId;
  publisher: "house" | "outside";
  amount: Money;
};

/** `policy` is the digest of the rules that the run was started under. */
export type PolicyAsk = {
  operation: OperationId;
  run: RunId;
  plan: Digest;
  policy: Digest;
  payer: AccountId;
  action: PolicyAction;
};

/** What the rules say, and which of them decided. Without an `agreement` one yes is enough, one no refuses, and a click will do. */
export type PolicyVerdict =
  | { verdict: "allow" }
  | { verdict: "deny"; rule: string; message: string }
  | {
      verdict: "ask";
      rule: string;
      message: string;
      approvers: readonly Approver[];
      agreement?: RuleAgreement | undefined;
    };

/** `policy_unknown`: no rules are kept under that digest, which denies. */
export type PolicyError =
  | { code: "policy_unknown"; policy: Digest }
  | { code: "operation_reused"; operation: OperationId }
  | { code: "outcome_unknown"; reason: string };

/** Judges a payment by the rules and by what has been spent so far. One operation is judged once and keeps its verdict. */
export type PolicyPort = { judge(ask: PolicyAsk): Promise<Result<PolicyVerdict, PolicyError>> };

/** What of a verdict a run is told. */
export function spoken(verdict: PolicyVerdict): PolicyVerdict {
  if (verdict.verdict === "allow") return { verdict: "allow" };
  const { rule, message } = verdict;
  if (verdict.verdict === "deny") return { verdict: "deny", rule, message };
  const { approvers, agreement } = verdict;
  return { verdict: "ask", rule, message, approvers, ...(agreement ? { agreement } : {}) };
}
