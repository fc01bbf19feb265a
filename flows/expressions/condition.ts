import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { environmentOf } from "./environment";
import { compileExpression, type Expression, evaluateExpression } from "./expression";

/** Why a condition is not accepted. `problem` is a sentence for the person who typed it. */
export type ConditionFault = { code: "condition_invalid"; problem: string };
export type ConditionFailure = { code: "condition_failed"; problem: string };

const MAX_LENGTH = 1_000;

/** One value of a type that nobody declared: numbers are doubles, and what does not go together fails in the run. */
const environment = environmentOf({ value: true });

/** Checks a CEL condition over the variable `value` before anything runs. [E1] */
export function checkCondition(text: string): Result<Expression<"condition">, ConditionFault> {
  const invalid = (problem: string) => err({ code: "condition_invalid", problem } as const);
  if (text.trim() === "") return invalid("Write a condition over value, for example value > 100.");
  if (text.length > MAX_LENGTH) return invalid(`A condition has at most ${MAX_LENGTH} characters.`);
  const compiled = compileExpression(text, "condition", environment);
  return compiled.ok ? compiled : invalid(compiled.error.problem);
}

/** Decides a checked condition. Whatever the value is, the answer is yes, no or a typed failure. [E1] */
export function decideCondition(text: string, value: Json): Result<boolean, ConditionFailure> {
  const failed = (problem: string) => err({ code: "condition_failed", problem } as const);
  const checked = checkCondition(text);
  if (!checked.ok) return failed(checked.error.problem);
  const answer = evaluateExpression(checked.value, { value });
  return answer.ok ? ok(answer.value.value) : failed(answer.error.problem);
}
