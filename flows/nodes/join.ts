import { z } from "zod";
import { err, ok } from "../basics/result";
import { composed } from "../types/composed";
import type { JsonSchema } from "../types/json-schema";
import { defineKind, type LowerError, nothing } from "./kind";
import { ANY, LIST, made, outPort, port, takesOf } from "./ports";
import { identityOf, madeOf } from "./schema-identity";
import { shown } from "./shown";

/**
 * Waits for all that comes in, for any one of it, or for the first few, and makes a list of what has come by then. What
 * comes later is not in the list; agents that were already called for it are paid all the same.
 */
export const join = defineKind({
  kind: "join",
  settings: z.strictObject({
    inputs: z
      .number()
      .int()
      .min(2)
      .max(20)
      .meta(shown({ title: "Inputs" }))
      .default(2),
    mode: z
      .enum(["all", "any", "first"])
      .meta(
        shown({
          title: "Waits for",
          names: { all: "All of them", any: "Any one of them", first: "The first few" },
        }),
      )
      .default("all"),
    first: z
      .number()
      .int()
      .min(1)
      .max(20)
      .meta(shown({ title: "How many", when: { field: "mode", is: "first" } }))
      .optional(),
  }),
  ports: ({ inputs }) => ({
    inputs: namesOf(inputs).map((name, place) => port(name, `Input ${place + 1}`, { required: false })),
    outputs: [outPort("values", "Values", LIST), outPort("first", "First of them")],
  }),
  lower({ inputs, mode, first }, around) {
    const ways = namesOf(inputs).filter((name) => around.wiredInputs.has(name));
    const need = mode === "all" ? ways.length : mode === "any" ? 1 : (first ?? 0);
    const faults = faultsOf({ ways: ways.length, need });
    if (faults.length > 0) return err(faults);
    const item = eitherOf(ways.map((way) => around.wiredInputs.get(way) ?? ANY));
    const values = listOf(item, { least: need, most: ways.length });
    return ok({
      ...nothing,
      steps: [{ name: "", instruction: { op: "join", ways }, takes: takesOf(around, ways), need }],
      offers: { values: made("values", values), first: made("first", item) },
    });
  },
});

function namesOf(inputs: number): string[] {
  return Array.from({ length: inputs }, (_, place) => `in${place + 1}`);
}

function faultsOf({ ways, need }: { ways: number; need: number }): LowerError[] {
  if (ways === 0) return [{ code: "settings_invalid", field: "inputs", problem: "Nothing is wired to this join." }];
  if (need >= 1 && need <= ways) return [];
  const problem = `Say how many of the ${ways} wired inputs it waits for.`;
  return [{ code: "settings_invalid", field: "first", problem }];
}

/** What is one of these; where one of them is not known, neither is what comes. */
function eitherOf(schemas: readonly JsonSchema[]): JsonSchema {
  if (schemas.some((schema) => typeof schema === "boolean")) return ANY;
  const different = [...new Map(schemas.map((schema) => [identityOf(schema), schema])).values()];
  const [only = ANY, ...others] = different;
  if (others.length === 0) return only;
  return madeOf(different, { how: "either", make: () => composed(different, (anyOf) => ({ anyOf })) });
}

function listOf(item: JsonSchema, { least, most }: { least: number; most: number }): JsonSchema {
  if (typeof item === "boolean") return ANY;
  const bounds = { minItems: least, maxItems: most };
  const make = () => composed([item], ([items]) => ({ type: "array", items, ...bounds }));
  return madeOf([item], { how: `list ${least} ${most}`, make });
}
