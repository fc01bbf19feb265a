import { z } from "zod";
import { ok } from "../basics/result";
import { composed, partWith } from "../types/composed";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { defineKind, nothing } from "./kind";
import { ANY, INDEX, LIST, made, main, outPort, port, takesOf } from "./ports";
import { RoundsCap, under } from "./rounds-cap";
import { madeOf } from "./schema-identity";
import { shown } from "./shown";

/**
 * Does what is drawn in it once for each item of a list, `atOnce` at a time, and makes a list of what came of them. It has
 * room for `most` items, which is what it is counted for; more items stop the run before the first.
 */
export const map = defineKind({
  kind: "map",
  role: "container",
  settings: z.strictObject({
    most: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .meta(shown({ title: "At most, items", description: "The worst case counts every one of them." })),
    atOnce: z
      .number()
      .int()
      .min(1)
      .max(50)
      .meta(shown({ title: "At once" }))
      .default(4),
    cap: RoundsCap,
  }),
  ports: () => ({
    inputs: [port("items", "Items", { schema: LIST })],
    outputs: [outPort("results", "Results", LIST)],
    inside: {
      outputs: [outPort("item", "Item"), outPort("index", "Number", INDEX)],
      inputs: [port("result", "Result", { required: false })],
    },
  }),
  lower({ most, atOnce, cap }, around) {
    const item = itemOf(around.wiredInputs.get("items") ?? ANY);
    const rounds = { most, atOnce: Math.min(atOnce, most) };
    const instruction = { op: "map", ...rounds, body: 0, gives: null, ...under(cap) } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, ["items"]))],
      offers: {
        item: { value: "each", field: "item", schema: item },
        index: { value: "each", field: "index", schema: INDEX },
        results: made("results", LIST),
      },
    });
  },
  finish: ({ most }, inside) => ({ results: listOf(inside.get("result") ?? ANY, most) }),
});

/** The schema of the items of a list; what is said of a list otherwise says nothing of them. */
function itemOf(list: JsonSchema): JsonSchema {
  if (!isRecord(list) || Object.hasOwn(list, "prefixItems") || !isRecord(list.items)) return ANY;
  const { items } = list;
  return madeOf([list], { how: "item", make: () => partWith(list, items) });
}

/** Nothing is said of a list whose items nobody knows: a list of anything would look as if somebody had said so. */
function listOf(item: JsonSchema, most: number): JsonSchema {
  if (typeof item === "boolean") return ANY;
  const make = () => composed([item], ([items]) => ({ type: "array", items, maxItems: most }));
  return madeOf([item], { how: `list ${most}`, make });
}
