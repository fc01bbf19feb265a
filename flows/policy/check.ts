import { err, ok, type Result } from "../basics/result";
import { environmentOf } from "../expressions/environment";
import { compileExpression, type Expression } from "../expressions/expression";
import { askingFaults } from "./asking-faults";
import { Policy, type PolicyFault, type Rule } from "./rules";

/** A policy whose every condition can be decided. */
export type CheckedPolicy = { readonly rules: readonly CheckedRule[] };
export type CheckedRule = { readonly rule: Rule; readonly when: Expression<"condition"> | null };

const text = { type: "string", maxLength: 200 };
const environment = environmentOf({
  stage: text,
  kind: text,
  agent: text,
  payee: text,
  publisher: text,
  currency: text,
  amount: { type: "integer" },
  categories: { type: "array", items: text, maxItems: 20 },
  payer: text,
  payer_country: text,
  payee_country: text,
});

/** Checks a policy before it judges anything, and reports every fault at once. [Y1] */
export function checkPolicy(given: unknown): Result<CheckedPolicy, PolicyFault[]> {
  const read = Policy.safeParse(given);
  if (!read.success)
    return err(
      read.error.issues.slice(0, 50).map(({ path, message }) => {
        const [, place, ...field] = path.map(String);
        return { code: "policy_invalid", rule: place ?? "", field: field.join("."), message };
      }),
    );
  const faults: PolicyFault[] = [];
  const seen = new Set<string>();
  const rules = read.data.rules.map((rule): CheckedRule => {
    if (seen.has(rule.id))
      faults.push({ code: "rule_repeated", rule: rule.id, field: "id", message: "Two rules have this id." });
    seen.add(rule.id);
    const when = rule.when === undefined ? null : compileExpression(rule.when, "condition", environment);
    if (when && !when.ok)
      faults.push({ code: "condition_invalid", rule: rule.id, field: "when", message: when.error.problem });
    faults.push(...askingFaults(rule));
    return { rule, when: when?.ok ? when.value : null };
  });
  return faults.length > 0 ? err(faults) : ok({ rules });
}
