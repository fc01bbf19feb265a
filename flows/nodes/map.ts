import { z } from "zod";
import { ok } from "../basics/result";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { defineKind, nothing } from "./kind";
import { ANY, INDEX, made, main, outPort, port, takesOf } from "./ports";

const LIST: JsonSchema = { type: "array" };

/**
 * Does what is drawn in it once for each item of a list, `atOnce` at a time, and makes a list of what came of them. It has
 * room for `most` items, which is what it is counted for; more items stop the run before the first.
 */
export const map = defineKind({
  kind: "map",
  role: "container",
  settings: z.strictObject({
    most: z.number().int().min(1).max(10_000),
    atOnce: z.number().int().min(1).max(50).default(4),
  }),
  ports: () => ({
    inputs: [port("items", "Items", { schema: LIST })],
    outputs: [outPort("results", "Results", LIST)],
    inside: {
      outputs: [outPort("item", "Item"), outPort("index", "Number", INDEX)],
      inputs: [port("result", "Result", { required: false })],
    },
  }),
  lower({ most, atOnce }, around) {
    const items = around.wiredInputs.get("items");
    const item = itemOf(items);
    const instruction = { op: "map", most, atOnce: Math.min(atOnce, most), body: 0, gives: null } as const;
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
  finish: ({ most }, inside) => ({
    results: { type: "array", items: inside.get("result") ?? ANY, maxItems: most },
  }),
});

/** The schema of the items of a list; what is said of a list otherwise says nothing of them. */
export function itemOf(list: JsonSchema | undefined): JsonSchema {
  if (list === undefined || !isRecord(list) || Object.hasOwn(list, "prefixItems")) return ANY;
  const items = list.items;
  if (!isRecord(items)) return ANY;
  return Object.hasOwn(list, "$defs") ? { ...items, $defs: list.$defs } : items;
}
