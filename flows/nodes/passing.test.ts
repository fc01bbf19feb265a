import { expect, test } from "vitest";
import { digestOf } from "../plan/digest";
import type { JsonSchema } from "../types/json-schema";
import { readSchema } from "../types/read-schema";
import { faultsOf, lowered, portNames } from "./around.contract";

const TEXT = { type: "string" };
const NUMBER = { type: "integer" };

test("[N5] an input gives its fields, an output names a result", () => {
  const schema = { type: "object", properties: { topic: TEXT, count: NUMBER }, required: ["topic"] };
  expect(portNames("input", { schema })).toEqual({ inputs: [], outputs: ["topic", "count"] });
  expect(lowered("input", { schema })).toMatchObject({
    steps: [],
    runInput: schema,
    offers: { topic: { value: "run_input", field: "topic", schema: TEXT } },
  });
  expect(portNames("output", { name: "report" })).toEqual({ inputs: ["value!"], outputs: [] });
  expect(lowered("output", { name: "report" })).toMatchObject({ steps: [], result: "report" });
  expect(faultsOf("output", { name: "" })).toEqual(["name"]);
  expect(faultsOf("input", { schema: { ...schema, properties: { a: { pattern: "(a+)+$" } } } })).toMatchObject([
    { code: "settings_invalid", field: "schema.properties.a" },
  ]);
});

test("[N5] parallel ways are the same value, and no step", () => {
  expect(portNames("parallel", { ways: 3 })).toEqual({ inputs: ["value!"], outputs: ["way1", "way2", "way3"] });
  const { steps, offers } = lowered("parallel", { ways: 3 });
  expect(steps).toEqual([]);
  expect(offers.way3).toEqual({ value: "passed_on", input: "value", after: null });
  for (const ways of [1, 21, 2.5]) expect(faultsOf("parallel", { ways })).toEqual(["ways"]);
});

test("[N5] a join waits for all that is wired, for one, or for as many as it says", () => {
  expect(portNames("join", {})).toEqual({ inputs: ["in1", "in2"], outputs: ["values", "first"] });
  const inputs = { in1: TEXT, in3: TEXT };
  const joined = (settings: object) => lowered("join", { inputs: 4, ...settings }, { inputs });
  expect(joined({}).steps).toMatchObject([{ instruction: { op: "join", ways: ["in1", "in3"] }, need: 2 }]);
  expect(joined({ mode: "any" }).steps).toMatchObject([{ need: 1 }]);
  expect(joined({ mode: "first", first: 2 }).steps).toMatchObject([{ need: 2 }]);
  expect(joined({ mode: "any" }).offers).toMatchObject({
    values: { value: "made", schema: { type: "array", items: TEXT, minItems: 1, maxItems: 2 } },
    first: { schema: TEXT },
  });
});

test("[N3] a join that waits for more than can come is a fault", () => {
  const inputs = { in1: TEXT };
  expect(faultsOf("join", {})).toMatchObject([{ code: "settings_invalid", field: "inputs" }]);
  expect(faultsOf("join", { mode: "first", first: 2 }, { inputs })).toMatchObject([{ field: "first" }]);
  expect(faultsOf("join", { mode: "first" }, { inputs })).toMatchObject([{ field: "first" }]);
  for (const count of [1, 21]) expect(faultsOf("join", { inputs: count })).toEqual(["inputs"]);
});

test("[N5] what a join gives is one of what comes in, each with its own definitions", () => {
  const named = (definition: JsonSchema): JsonSchema => ({ $ref: "#/$defs/it", $defs: { it: definition } });
  const { first } = lowered("join", {}, { inputs: { in1: named(TEXT), in2: named(NUMBER) } }).offers;
  const schema = first && "schema" in first ? (first.schema ?? true) : true;
  expect(schema).toEqual({
    anyOf: [{ $ref: "#/$defs/0.it" }, { $ref: "#/$defs/1.it" }],
    $defs: { "0.it": TEXT, "1.it": NUMBER },
  });
  expect(readSchema(schema).ok).toBe(true);
  expect(lowered("join", {}, { inputs: { in1: TEXT, in2: true } }).offers.first).toMatchObject({ schema: true });
});

test("[N5] a transform gives named values with the schemas that their expressions have", () => {
  const person = { type: "object", properties: { name: { type: "string", maxLength: 40 } } };
  const settings = {
    inputs: ["person", "total"],
    gives: {
      name: "person.name",
      twice: "total * 2",
      card: "{'to': person.name, 'sum': total}",
      word: "total > 1 ? 'a' : 'b'",
    },
  };
  expect(portNames("transform", settings)).toEqual({
    inputs: ["person!", "total!"],
    outputs: ["name", "twice", "card", "word"],
  });
  const { steps, offers } = lowered("transform", settings, { inputs: { person, total: NUMBER } });
  expect(steps).toMatchObject([
    {
      instruction: {
        op: "compute",
        gives: settings.gives,
        reads: { person: digestOf(person), total: digestOf(NUMBER) },
      },
    },
  ]);
  expect(offers).toMatchObject({
    name: { value: "made", field: "name", schema: { type: "string", maxLength: 40 } },
    twice: { schema: NUMBER },
    card: { schema: { properties: { to: { maxLength: 40 }, sum: NUMBER }, required: ["to", "sum"] } },
    word: { schema: { type: "string", anyOf: [{ const: "a" }, { const: "b" }] } },
  });
});

test("[N3] a transform reports every expression, and names that no expression can say", () => {
  const gives = { a: "value.", b: "value", c: "nobody" };
  expect(faultsOf("transform", { gives }, { inputs: { value: NUMBER } })).toMatchObject([
    { code: "expression_invalid", field: "gives.a" },
    { code: "expression_invalid", field: "gives.c", place: { from: 0, to: 6 } },
  ]);
  expect(faultsOf("transform", { gives: {} })).toEqual(["gives"]);
  expect(faultsOf("transform", { gives: { in: "1" } })).toEqual(["gives.in"]);
  expect(faultsOf("transform", { inputs: ["a", "a"], gives: { b: "1" } })).toEqual(["inputs"]);
  expect(faultsOf("transform", { inputs: ["a b"], gives: { b: "1" } })).toEqual(["inputs.0"]);
});

test("[N6] an expression shows no secret, but a secret beside it is none of its business", () => {
  const secret = { type: "string", "x-studio-type": "secret" };
  const inputs = { key: { type: "object", properties: { deep: secret } }, value: NUMBER };
  const reading = (text: string) => faultsOf("transform", { inputs: ["key", "value"], gives: { a: text } }, { inputs });
  expect(reading("value + 1")).toEqual([]);
  expect(reading("string(key.deep)")).toMatchObject([
    { code: "expression_invalid", field: "gives.a", problem: /secret/ },
  ]);
  expect(reading("size([key])")).toMatchObject([{ problem: /secret/ }]);
  expect(faultsOf("branch", { condition: "value == 'x'" }, { inputs: { value: secret } })).toMatchObject([
    { code: "condition_invalid", field: "condition", problem: /secret/ },
  ]);
  const strange = { type: "string", "x-studio-type": "classified" };
  expect(faultsOf("branch", { condition: "value == 'x'" }, { inputs: { value: strange } })).toHaveLength(1);
});

test("[N6] what is made of personal data is personal data, and stays money where it is money", () => {
  const personal = { type: "string", "x-studio-type": "personal" };
  const money = { type: "string", "x-studio-type": "money" };
  const inputs = { mail: { type: "object", properties: { to: personal, price: money } }, value: NUMBER };
  const gives = { loud: "mail.to + '!'", count: "size(mail.to)", plain: "value + 1", price: "mail.price" };
  const { offers } = lowered("transform", { inputs: ["mail", "value"], gives }, { inputs });
  expect(offers).toMatchObject({
    loud: { schema: personal },
    count: { schema: { ...NUMBER, "x-studio-type": "personal" } },
    price: { schema: { "x-studio-type": "personal", anyOf: [money] } },
  });
  expect(offers.plain).toMatchObject({ schema: NUMBER });
  expect(offers.plain && "schema" in offers.plain ? offers.plain.schema : null).not.toHaveProperty("x-studio-type");
});

test("[N5] a wait passes its value on after a time or a moment", () => {
  expect(portNames("wait", { for: 1_000 })).toEqual({ inputs: ["value!"], outputs: ["value"] });
  expect(lowered("wait", { for: 60_000 })).toMatchObject({
    steps: [{ instruction: { op: "wait", until: { afterMs: 60_000 }, mostMs: 60_000, reads: {} } }],
    offers: { value: { value: "passed_on", input: "value", after: { step: "", port: "done" } } },
  });
  const until = (text: string, value: JsonSchema = TEXT) =>
    faultsOf("wait", { until: text, mostMs: 86_400_000 }, { inputs: { value } });
  for (const text of ["value", "timestamp(value)", "'2030-01-31T09:00:00Z'", "timestamp('2030-01-31T09:00:00Z')"])
    expect(until(text)).toEqual([]);
  expect(until("value.at", true)).toEqual([]);
});

test("[N3] a wait reports what is no moment, and waits 90 days at most", () => {
  const until = (text: string) => faultsOf("wait", { until: text, mostMs: 1_000 }, { inputs: { value: NUMBER } });
  for (const text of ["value", "value > 1", "duration('1h')", "'tomorrow'", "'2030-02-31T09:00:00Z'", "1.5"])
    expect(until(text)).toMatchObject([{ code: "expression_invalid", field: "until" }]);
  expect(faultsOf("wait", { for: 90 * 86_400_000 })).toEqual([]);
  for (const settings of [
    {},
    { for: 90 * 86_400_000 + 1 },
    { until: "value" },
    { for: 999 },
    { for: 1_000, mostMs: 1_000 },
  ])
    expect(faultsOf("wait", settings)).not.toEqual([]);
});

test("[N5] a sub-flow shows its signature and names the flow that it is pinned to", () => {
  const flow = digestOf("a flow");
  const settings = {
    flow,
    input: { type: "object", properties: { topic: TEXT }, required: ["topic"] },
    outputs: { report: { type: "object" } },
  };
  expect(portNames("subflow", settings)).toEqual({ inputs: ["topic!"], outputs: ["report"] });
  expect(lowered("subflow", settings)).toMatchObject({ steps: [], flow: { flow, outputs: settings.outputs } });
  expect(faultsOf("subflow", { ...settings, flow: "latest" })).toEqual(["flow"]);
  expect(faultsOf("subflow", { ...settings, outputs: { report: { type: "text" } } })).toMatchObject([
    { code: "settings_invalid", field: "outputs.report" },
  ]);
});

test("[N8] notes and groups come to nothing", () => {
  for (const name of ["note", "group"] as const) {
    expect(portNames(name, {})).toEqual({ inputs: [], outputs: [] });
    expect(lowered(name, {})).toMatchObject({ steps: [], offers: {}, result: null, trigger: null, flow: null });
  }
});
