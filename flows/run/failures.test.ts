import { expect, test } from "vitest";
import { classOf, isDenial, mayBeCalledAgain } from "./failures";

const DENIALS = [
  ...["approval_denied", "approval_timed_out", "approval_unasked", "policy_denied", "policy_unknown"],
  ...["amount_above_cap", "agent_outside_authority", "payee_outside_authority", "budget_exceeded", "currency_differs"],
];

test.each(DENIALS)(
  "[R15] %s denies: it is of no class that could be caught, and nothing is called again after it",
  (code) => {
    expect([isDenial(code), classOf(code), mayBeCalledAgain(code)]).toEqual([true, null, false]);
  },
);

test("[R15] an error that can be caught denies nothing, and a code that nobody knows can be neither caught nor repeated", () => {
  for (const code of ["deadline_passed", "too_many_items", "output_invalid", "guard_held"])
    expect([code, isDenial(code), classOf(code) !== null]).toEqual([code, false, true]);
  for (const code of ["of_tomorrow", "constructor", "__proto__"])
    expect([code, classOf(code), mayBeCalledAgain(code)]).toEqual([code, null, false]);
});
