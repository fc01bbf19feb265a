import { z } from "zod";
import { AccountId } from "../basics/ids";
import { Money } from "../basics/money";
import { err, ok } from "../basics/result";
import type { JsonSchema } from "../types/json-schema";
import { checkExpression, readsOf, secretFaults, variablesFrom } from "./check-expression";
import { defineKind, type LowerError, nothing } from "./kind";
import { InputNames } from "./names";
import { made, main, outPort, port, takesOf } from "./ports";

const PAID: JsonSchema = {
  type: "object",
  properties: { currency: { type: "string" }, amount: { type: "string" } },
  required: ["currency", "amount"],
  "x-studio-type": "money",
};

const Payee = z
  .string()
  .refine(
    (text) => AccountId.safeParse(text).success,
    "A payee is always an account, written out: no expression can name one.",
  )
  .transform((text) => AccountId.parse(text));

/**
 * Pays one account that is written here, never one that an agent or a model names. The amount is written here as well, or
 * an expression over the inputs under a cap; one that depends on an agent's or a model's words needs an approval between
 * that shows them.
 */
export const pay = defineKind({
  kind: "pay",
  settings: z.strictObject({
    payee: Payee,
    cap: Money,
    amount: z.union([Money, z.string().min(1).max(1_000)]),
    inputs: InputNames.default([]),
  }),
  ports: ({ inputs }) => ({
    inputs: [...inputs.map((name) => port(name, name)), port("after", "After", { required: false })],
    outputs: [outPort("paid", "Paid", PAID)],
  }),
  lower({ payee, cap, amount, inputs }, around) {
    const variables = variablesFrom(around, inputs);
    const faults: LowerError[] = [...secretFaults(variables)];
    if (cap.currency !== "microcredits")
      faults.push({ code: "settings_invalid", field: "cap", problem: "Payments are made in credits." });
    if (typeof amount === "string") {
      const checked = checkExpression(variables, { text: amount, as: "amount", field: "amount" });
      if (!checked.ok) faults.push(...checked.error);
    } else if (amount.currency !== cap.currency || amount.amount > cap.amount)
      faults.push({ code: "settings_invalid", field: "amount", problem: "The amount is above the cap." });
    if (faults.length > 0) return err(faults);
    const how = typeof amount === "string" ? { expression: amount } : { fixed: amount };
    const reads = readsOf(around, variables);
    const instruction = { op: "pay", payee, publisher: "outside", cap, amount: how, reads } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, inputs))],
      offers: { paid: made("paid", PAID) },
    });
  },
});
