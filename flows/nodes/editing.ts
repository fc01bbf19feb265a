import { z } from "zod";
import type { Editable } from "../plan/agreement";
import { isRecord, type JsonSchema } from "../types/json-schema";
import type { LowerError } from "./kind";
import { eachOnce, TWICE } from "./names";
import { shown } from "./shown";

const WAY = "^([A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,9})?$";
const common = {
  at: z
    .string()
    .max(650)
    .regex(new RegExp(WAY), "Names with points between, as in order.amount or lines.0.price.")
    .meta(
      shown({
        title: "Where",
        description: "In what comes in: order.amount, lines.0.price. Nothing: all of it.",
        wants: "Names with points between, as in order.amount.",
        keywords: { pattern: WAY },
      }),
    )
    .default(""),
  title: z
    .string()
    .min(1)
    .max(60)
    .meta(shown({ title: "Called", fresh: "Amount" })),
};

/** One value that approvers may change. */
export const EditSetting = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("number"),
      ...common,
      least: z
        .number()
        .meta(shown({ title: "At least" }))
        .default(0),
      most: z.number().meta(shown({ title: "At most", fresh: 100 })),
      whole: z
        .boolean()
        .meta(shown({ title: "Whole numbers" }))
        .default(true),
    }),
    z.strictObject({
      type: z.literal("text"),
      ...common,
      most: z
        .number()
        .int()
        .min(1)
        .max(10_000)
        .meta(shown({ title: "Characters at most" }))
        .default(280),
    }),
    z.strictObject({
      type: z.literal("choice"),
      ...common,
      among: z
        .array(
          z
            .string()
            .min(1)
            .max(100)
            .meta(shown({ title: "Choice" })),
        )
        .min(1)
        .max(50)
        .refine(eachOnce, TWICE)
        .meta(shown({ title: "Among", control: "names", one: "choice", keywords: { uniqueItems: true } })),
    }),
    z.strictObject({ type: z.literal("yes_no"), ...common }),
  ])
  .meta(
    shown({
      title: "Value",
      names: { number: "A number", text: "A text", choice: "One of several", yes_no: "Yes or no" },
    }),
  );
export type Edited = z.infer<typeof EditSetting>;

/** The subject is all that an approval shows, so that is the field. */
export function editableOf(setting: Edited): Editable {
  return { ...setting, field: "subject", at: wayOf(setting.at) };
}

function wayOf(at: string): (string | number)[] {
  return at === "" ? [] : at.split(".").map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part));
}

/** Where the schema of what comes in is known, an edit leads to a value of its type that is there; bounds leave room. */
export function editFaults(edits: readonly Edited[], subject: JsonSchema): LowerError[] {
  return edits.flatMap((edit, place): LowerError[] => {
    const fault = (field: string, problem: string) =>
      ({ code: "settings_invalid", field: `edits.${place}.${field}`, problem }) as const;
    const faults: LowerError[] = [];
    if (edit.type === "number" && edit.least > edit.most) faults.push(fault("most", "At most is below at least."));
    if (edits.slice(0, place).some((other) => other.at === edit.at)) faults.push(fault("at", TWICE));
    const found = schemaAlong(subject, wayOf(edit.at));
    if (found === null) faults.push(fault("at", "Nothing of what comes in lies there."));
    else if (!mayBe(found, edit.type)) faults.push(fault("type", `What comes in there is ${typeWords(found)}.`));
    return faults;
  });
}

/** `true` where nobody knows; null where there is surely nothing. */
function schemaAlong(schema: JsonSchema, way: readonly (string | number)[]): JsonSchema | null {
  let found: JsonSchema | null = schema;
  for (const place of way) if (found !== null) found = schemaAt(found, place);
  return found;
}

function schemaAt(schema: JsonSchema, place: string | number): JsonSchema | null {
  if (!isRecord(schema)) return schema === false ? null : true;
  const { properties, additionalProperties, items } = schema as Record<string, unknown>;
  if (typeof place === "number") return items === undefined ? true : (items as JsonSchema);
  if (!isRecord(properties)) return true;
  if (Object.hasOwn(properties, place)) return properties[place] as JsonSchema;
  return additionalProperties === false ? null : true;
}

const JSON_TYPE = { number: ["number", "integer"], text: ["string"], choice: ["string"], yes_no: ["boolean"] };

function mayBe(schema: JsonSchema, type: Edited["type"]): boolean {
  const known = isRecord(schema) ? (schema as Record<string, unknown>).type : undefined;
  if (known === undefined) return true;
  const types = Array.isArray(known) ? known : [known];
  return types.some((each) => JSON_TYPE[type].includes(String(each)));
}

function typeWords(schema: JsonSchema): string {
  const known = isRecord(schema) ? (schema as Record<string, unknown>).type : undefined;
  return Array.isArray(known) ? known.join(" or ") : String(known);
}
