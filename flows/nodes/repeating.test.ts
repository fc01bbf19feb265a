import { expect, test } from "vitest";
import type { JsonSchema } from "../types/json-schema";
import { readSchema } from "../types/read-schema";
import { faultsOf, kindOf, lowered, portNames, wiredTo } from "./around.contract";
import type { KindName } from "./catalog";

const ITEM = { type: "object", properties: { name: { type: "string" } } };
const finished = (name: KindName, settings: object, inside: Record<string, JsonSchema>) => {
  const kind = kindOf(name);
  return kind.finish?.(kind.settings.parse(settings), new Map(Object.entries(inside)));
};

test("[N2] a map, a loop and a try have a bound that is a number within limits", () => {
  for (const most of [undefined, 0, 10_001, 2.5, "10", "size(items)", null])
    expect(faultsOf("map", { most })).toEqual(["most"]);
  for (const most of [undefined, 0, 1_001, 1.5, "value"])
    expect(faultsOf("loop", { most, while: "true" })).toEqual(["most"]);
  for (const attempts of [undefined, 0, 11, 1.5]) expect(faultsOf("try", { attempts })).toEqual(["attempts"]);
  for (const atOnce of [0, 51]) expect(faultsOf("map", { most: 10, atOnce })).toEqual(["atOnce"]);
});

test("[N5] a map gives its body each item with its number, and makes a list of what comes back", () => {
  expect(portNames("map", { most: 5 })).toEqual({
    inputs: ["items!"],
    outputs: ["results"],
    inside: [["item", "index"], ["result"]],
  });
  const items = { type: "array", items: ITEM, maxItems: 3 };
  const { steps, offers } = lowered("map", { most: 3 }, { inputs: { items } });
  expect(steps).toMatchObject([{ instruction: { op: "map", most: 3, atOnce: 3, body: 0, gives: null } }]);
  expect(offers).toMatchObject({
    item: { value: "each", field: "item", schema: ITEM },
    index: { value: "each", field: "index", schema: { type: "integer", minimum: 0 } },
    results: { value: "made", field: "results" },
  });
  expect(finished("map", { most: 3 }, { result: ITEM })).toEqual({
    results: { type: "array", items: ITEM, maxItems: 3 },
  });
  expect(finished("map", { most: 3 }, {})).toEqual({ results: true });
});

test("[N5] an item of a list that is described otherwise can be anything", () => {
  const item = (items: JsonSchema) => lowered("map", { most: 3 }, { inputs: { items } }).offers.item;
  expect(item(true)).toMatchObject({ schema: true });
  expect(item({ type: "array" })).toMatchObject({ schema: true });
  expect(item({ type: "array", prefixItems: [{ type: "string" }], items: ITEM })).toMatchObject({ schema: true });
});

test("[N5] definitions that an item or a result refers to go along with it", () => {
  const $defs = { person: ITEM };
  const items = { type: "array", items: { $ref: "#/$defs/person" }, $defs };
  const { item } = lowered("map", { most: 3 }, { inputs: { items } }).offers;
  expect(item).toMatchObject({ schema: { $ref: "#/$defs/person", $defs } });
  const made = finished("map", { most: 3 }, { result: { $ref: "#/$defs/person", $defs } });
  expect(made).toEqual({ results: { type: "array", items: { $ref: "#/$defs/person" }, maxItems: 3, $defs } });
  expect(readSchema(made?.results ?? false).ok).toBe(true);
});

test("[N5] the schema of a result is one object for one meaning, however often it is asked for", () => {
  const once = finished("map", { most: 3 }, { result: { type: "string" } });
  expect(finished("map", { most: 3 }, { result: { type: "string" } })?.results).toBe(once?.results);
  expect(finished("map", { most: 4 }, { result: { type: "string" } })?.results).not.toBe(once?.results);
});

const counted = { while: "value < 10 && index < 5", most: 20 };

test("[N5] a loop carries a value that keeps its schema, and goes out by its limit only where that is wired", () => {
  expect(portNames("loop", counted)).toEqual({
    inputs: ["value!"],
    outputs: ["done", "limit"],
    inside: [["value", "index"], ["next"]],
  });
  const inputs = { value: { type: "integer" } };
  const { steps, offers } = lowered("loop", counted, { inputs });
  expect(steps).toMatchObject([{ instruction: { op: "loop", most: 20, atLimit: "done" } }]);
  expect(steps).toMatchObject([{ instruction: { reads: { index: expect.any(String), value: expect.any(String) } } }]);
  expect(offers).toMatchObject({
    value: { value: "each", field: "value", schema: inputs.value },
    done: { value: "made", field: "value", port: "done", schema: inputs.value },
    limit: { port: "limit" },
  });
  expect(lowered("loop", counted, { inputs, outputs: ["limit"] }).steps).toMatchObject([
    { instruction: { atLimit: "limit" } },
  ]);
  expect(kindOf("loop").expects?.(wiredTo({ inputs }).around)).toEqual({ next: inputs.value });
  expect(faultsOf("loop", { ...counted, while: "value.name == 1" }, { inputs })).toMatchObject([
    { code: "condition_invalid", field: "while" },
  ]);
});

test("[N5] a try gives what its body came to, or the error that was caught", () => {
  expect(portNames("try", { attempts: 2 })).toEqual({
    inputs: [],
    outputs: ["done", "error"],
    inside: [[], ["result"]],
  });
  const { steps, offers } = lowered("try", { attempts: 2, catches: ["resource", "business", "resource"] });
  expect(steps).toMatchObject([{ instruction: { op: "try", attempts: 2, catches: ["business", "resource"] } }]);
  expect(offers).toMatchObject({
    done: { field: "result", port: "done" },
    error: { field: "error", port: "caught", schema: { required: ["code", "reason"] } },
  });
  expect(lowered("try", { attempts: 2 }).steps).toMatchObject([{ instruction: { catches: ["transient"] } }]);
  expect(finished("try", { attempts: 2 }, { result: ITEM })).toMatchObject({ done: ITEM });
  expect(finished("try", { attempts: 2 }, {})).toMatchObject({ done: true });
});

test("[N2] a denial is nothing that can be caught", () => {
  expect(faultsOf("try", { attempts: 2, catches: ["denied"] })).toEqual(["catches.0"]);
  expect(faultsOf("try", { attempts: 2, catches: [] })).toEqual(["catches"]);
});
