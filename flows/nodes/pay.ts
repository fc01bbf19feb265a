import { z } from "zod";
import { AccountId } from "../basics/ids";
import { type Currency, Money } from "../basics/money";
import { err, ok } from "../basics/result";
import type { JsonSchema } from "../types/json-schema";
import { checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, type LowerError, nothing } from "./kind";
import { eachOnce, TWICE, VARIABLE_PATTERN, VariableName } from "./names";
import { made, main, outPort, port, takesOf } from "./ports";
import { shown } from "./shown";

const PAID: JsonSchema = {
  type: "object",
  properties: { currency: { type: "string" }, amount: { type: "string" } },
  required: ["currency", "amount"],
  "x-studio-type": "money",
};

const WRITTEN_OUT = "A payee is always an account, written out: no expression can name one.";

const Payee = z
  .string()
  .refine((text) => AccountId.safeParse(text).success, WRITTEN_OUT)
  .transform((text) => AccountId.parse(text))
  .meta(
    shown({
      title: "Payee",
      description: "An account, written out. No expression can name one.",
      control: "account",
      wants: "An account is letters, digits, dots, - and _, at most 64.",
      keywords: { pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$" },
    }),
  );

const Amount = z
  .union([
    Money.meta(shown({ title: "Amount to pay", control: "money" })),
    z
      .string()
      .min(1)
      .max(1_000)
      .meta(
        shown({
          title: "Expression",
          description: "CEL over the inputs; it gives a whole number of the smallest units.",
          control: "expression",
          fresh: "1000000",
        }),
      ),
  ])
  .meta(shown({ title: "Amount", names: { 0: "is written here", 1: "is worked out" } }));

/**
 * Pays one account that is written here, never one that an agent or a model names. The amount is written here as well, or
 * an expression over the inputs under a cap; one that depends on an agent's or a model's words needs an approval between
 * that shows them.
 */
export const pay = defineKind({
  kind: "pay",
  settings: z.strictObject({
    payee: Payee,
    cap: Money.meta(shown({ title: "At most", description: "Never pays more than this.", control: "money" })),
    amount: Amount,
    inputs: z
      .array(
        VariableName.refine((name) => name !== "after", "after stands for what it waits for.").meta(
          shown({
            title: "Input",
            wants: "Use letters, digits and _, no word that CEL keeps, and not after.",
            keywords: { pattern: VARIABLE_PATTERN, not: { enum: ["after"] } },
          }),
        ),
      )
      .max(20)
      .refine(eachOnce, TWICE)
      .meta(
        shown({
          title: "Inputs of the amount",
          description: "Only for an amount that is worked out.",
          control: "names",
          one: "input",
          ports: "inputs",
          keywords: { uniqueItems: true },
        }),
      )
      .default([]),
  }),
  ports: ({ inputs }) => ({
    inputs: [...inputs.map((name) => port(name, name)), port("after", "After", { required: false })],
    outputs: [outPort("paid", "Paid", PAID)],
  }),
  lower({ payee, cap, amount, inputs }, around) {
    const written = typeof amount === "string" ? [{ text: amount, as: "amount", field: "amount" } as const] : [];
    const checked = checkExpressions(around, variablesFrom(around, inputs), written);
    const constant = checked.ok ? checked.value.checked[0]?.constant : null;
    const known = typeof amount === "string" ? { currency: cap.currency, amount: constant } : amount;
    const faults = [...payeeFaults(payee, inputs), ...(checked.ok ? [] : checked.error), ...amountFaults(cap, known)];
    if (faults.length > 0 || !checked.ok) return err(faults);
    const how = typeof amount === "string" ? { expression: amount } : { fixed: amount };
    const instruction = {
      op: "pay",
      payee,
      publisher: "outside",
      cap,
      amount: how,
      reads: checked.value.reads,
    } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, inputs))],
      offers: { paid: made("paid", PAID) },
    });
  },
});

/** An account can be called value.payee, and somebody could be waiting there for those who mean the input. */
function payeeFaults(payee: AccountId, inputs: readonly string[]): LowerError[] {
  const meant = inputs.includes(payee) || ["value", ...inputs].some((name) => payee.startsWith(`${name}.`));
  return meant ? [{ code: "settings_invalid", field: "payee", problem: WRITTEN_OUT }] : [];
}

type Known = { currency: Currency; amount: unknown };

/** The amount is no bigint where only the run knows it. */
function amountFaults(cap: Money, { currency, amount }: Known): LowerError[] {
  const fault = (field: string, problem: string) => [{ code: "settings_invalid", field, problem } as const];
  // Trial credits are given away by the house, and are never paid to anybody outside.
  if (cap.currency === "trial_microcredits") return fault("cap", "Trial credits cannot be paid out.");
  if (currency !== cap.currency) return fault("amount", "The amount and the cap are in different currencies.");
  return typeof amount === "bigint" && amount > cap.amount ? fault("amount", "The amount is above the cap.") : [];
}
