import { z } from "zod";
import { err, ok, type Result } from "../basics/result";
import type { Guard } from "../plan/instructions";
import { assignable } from "../types/assignable";
import type { JsonSchema } from "../types/json-schema";
import { labelsOf } from "../types/labels";
import { Asking, askOf } from "./approval";
import { Condition } from "./branch";
import { checkExpressions, variablesFrom } from "./check-expression";
import { schemaFaults } from "./input";
import { defineKind, type LowerError, nothing, type Surroundings } from "./kind";
import { ANY, main, outPort, passedOn, port, takesOf } from "./ports";
import { madeOf } from "./schema-identity";
import { shown } from "./shown";

const Word = z
  .string()
  .max(80)
  .refine((word) => plain(word).trim() !== "", "Write a word.")
  .meta(shown({ title: "Word", wants: "Write a word.", keywords: { pattern: "\\S" } }));

const Fitting = z.looseObject({}).meta(shown({ title: "What it has to be", control: "schema" }));
const Holding = Condition.meta(
  shown({
    title: "Condition",
    description: "CEL over the word value, which is what comes in.",
    control: "expression",
    fresh: "size(value) > 0",
  }),
);
const Words = z
  .array(Word)
  .min(1)
  .max(200)
  .meta(
    shown({
      title: "Words",
      description: "Looked for in every text, in capitals or not.",
      one: "word",
      fresh: ["confidential"],
    }),
  );

const Rule = z
  .discriminatedUnion("by", [
    z.strictObject({ by: z.literal("schema"), schema: Fitting }),
    z.strictObject({ by: z.literal("expression"), condition: Holding }),
    z.strictObject({ by: z.literal("blocklist"), words: Words }),
  ])
  .meta(
    shown({
      title: "Lets through what",
      names: { schema: "fits a schema", expression: "makes a condition hold", blocklist: "has none of these words" },
    }),
  );
type Rule = z.infer<typeof Rule>;

/**
 * Passes on a value that keeps a rule: that fits a schema, makes a condition hold, or has none of these words in it. A
 * value that does not stops the run, or is shown to people first, who may let it pass.
 */
export const guard = defineKind({
  kind: "guard",
  settings: z
    .discriminatedUnion("otherwise", [
      z.strictObject({ rule: Rule, otherwise: z.literal("blocks") }),
      z.strictObject({ rule: Rule, otherwise: z.literal("asks"), ...Asking }),
    ])
    .meta(
      shown({
        title: "What does not pass",
        names: { blocks: "Stops the run", asks: "Is shown to people first" },
      }),
    ),
  ports: () => ({ inputs: [port("value", "Value")], outputs: [outPort("passed", "Passed")] }),
  lower(settings, around) {
    const rule = ruleOf(settings.rule, around);
    if (!rule.ok) return rule;
    const takes = takesOf(around, ["value"]);
    const instruction = (otherwise: Guard["otherwise"]): Guard => ({ op: "guard", otherwise, ...rule.value });
    if (settings.otherwise === "blocks")
      return ok({
        ...nothing,
        steps: [main(instruction("fails"), takes)],
        offers: { passed: { ...passedOn("value", "passed"), ...knownBy(settings.rule, around) } },
      });
    const ask = { name: "ask", instruction: askOf({ ...settings, denial: "fails" }), takes };
    return ok({
      ...nothing,
      steps: [
        main(instruction("continues"), takes),
        { ...ask, after: [{ step: "", port: "held" }] },
        { name: "passed", instruction: { op: "pass" }, takes: {}, after: EITHER, need: 1 },
      ],
      offers: { passed: { value: "passed_on", input: "value", after: { step: "passed", port: "done" } } },
    });
  },
});

const EITHER = [
  { step: "", port: "passed" },
  { step: "ask", port: "approved" },
];

function ruleOf(rule: Rule, around: Surroundings): Result<Pick<Guard, "rule" | "reads">, LowerError[]> {
  switch (rule.by) {
    case "schema": {
      const faults = schemaFaults("rule.schema", rule.schema);
      return faults.length > 0
        ? err(faults)
        : ok({ rule: { by: "schema", schema: around.schema(rule.schema) }, reads: {} });
    }
    case "expression": {
      const written = { text: rule.condition, as: "condition", field: "rule.condition" } as const;
      const checked = checkExpressions(around, variablesFrom(around, ["value"]), [written]);
      return checked.ok ? ok({ rule, reads: checked.value.reads }) : checked;
    }
    default:
      return ok({ rule: { by: "blocklist", words: [...new Set(rule.words.map(plain))].sort() }, reads: {} });
  }
}

/**
 * What is known of a value that passed. A schema says nothing new of one that is known better, and labels neither come
 * nor go by a guard. Where people may let a value pass, it need not fit.
 */
function knownBy(rule: Rule, { wiredInputs }: Surroundings): { schema?: JsonSchema } {
  const comes = wiredInputs.get("value") ?? ANY;
  if (rule.by !== "schema" || labelsOf(rule.schema).length > 0 || labelsOf(comes).length > 0) return {};
  const { schema } = rule;
  const make = () => (comes !== ANY && assignable(comes, schema).answer === "yes" ? comes : schema);
  return { schema: madeOf([comes, schema], { how: "guarded", make }) };
}

/** As the run compares: however it is spelt in Unicode, in capitals or not. */
function plain(word: string): string {
  return word.normalize("NFKC").toLowerCase();
}
