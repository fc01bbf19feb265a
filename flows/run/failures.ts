import type { ErrorClass } from "../plan/instructions";

const CLASS_OF: Readonly<Record<string, ErrorClass>> = {
  deadline_passed: "transient",
  agent_unavailable: "transient",
  model_unreachable: "transient",
  agent_resting: "transient",
  steps_exceeded: "resource",
  too_many_items: "resource",
  wait_too_long: "resource",
  cap_reached: "resource",
  turns_used_up: "resource",
  input_invalid: "permanent",
  output_invalid: "permanent",
  units_invalid: "permanent",
  prompt_too_long: "permanent",
  model_unavailable: "permanent",
  price_currency_differs: "permanent",
  condition_failed: "permanent",
  expression_failed: "permanent",
  decision_invalid: "permanent",
  value_lost: "permanent",
  not_delivered: "permanent",
  agent_refused: "business",
  model_refused: "business",
  guard_held: "business",
  no_case: "business",
};

/** Codes that say no: of a person, of a rule, or of what was agreed to at the start. */
const DENIALS = new Set([
  ...["approval_denied", "approval_timed_out", "approval_unasked", "policy_denied", "policy_unknown"],
  ...["approval_withdrawn", "edit_invalid", "amount_above_cap"],
  ...["agent_outside_authority", "payee_outside_authority", "budget_exceeded", "currency_differs"],
]);

/** Codes after which a call may be made again: the agent did not deliver what the plan asks for, and was not paid. */
const WORTH_ANOTHER_CALL = new Set([
  ...["deadline_passed", "agent_unavailable", "agent_refused"],
  ...["output_invalid", "units_invalid"],
]);

/** What sort of error a code is; null for a denial, and for what nobody knows: neither is tried again or caught. */
export function classOf(code: string): ErrorClass | null {
  return Object.hasOwn(CLASS_OF, code) ? (CLASS_OF[code] ?? null) : null;
}

/** Whether a code ends the run wherever it comes up, in a body that is coming to its end too. [R15] */
export function isDenial(code: string): boolean {
  return DENIALS.has(code);
}

export function mayBeCalledAgain(code: string): boolean {
  return WORTH_ANOTHER_CALL.has(code);
}
