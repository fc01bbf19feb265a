import { isGroup, weightOf } from "../plan/agreement";
import { asksPeople, type PolicyFault, type Rule } from "./rules";

/** What a rule says of those whom it asks and never could come true: with its field, and what to do. [Y9] */
export function askingFaults(rule: Rule): PolicyFault[] {
  const fault = (code: PolicyFault["code"], field: string, message: string) => ({
    code,
    rule: rule.id,
    field,
    message,
  });
  const { approvers, agreement, evidence } = rule;
  if (!agreement && !evidence) return [];
  const said = agreement ? "agreement" : "evidence";
  if (!asksPeople(rule))
    return [
      fault("agreement_idle", said, 'A rule that denies asks nobody: say "otherwise": "ask", or leave this out.'),
    ];
  const { least = 1, weights = {} } = agreement ?? {};
  const asked = [...new Set(approvers)];
  const idle = Object.keys(weights).filter((name) => !asked.some((approver) => approver === name));
  const faults = idle.map((name) =>
    fault(
      "agreement_idle",
      "agreement.weights",
      `${name} is not among those who are asked: add them, or leave it out.`,
    ),
  );
  if (asked.some(isGroup)) return faults; // how many are in a group is known only when somebody looks
  const most = asked.reduce((total, approver) => total + weightOf(weights, approver), 0);
  return most < least ? [...faults, fault("approvers_too_few", "agreement.least", tooFew(least, most))] : faults;
}

/** What to do where all who are asked cannot come to a yes. */
export function tooFew(least: number, most: number): string {
  return `Yeses have to come to ${least}, and all who are asked come to ${most}: name more people, or ask for fewer yeses.`;
}
