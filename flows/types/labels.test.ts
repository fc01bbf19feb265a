import { expect, test } from "vitest";
import type { JsonSchema } from "./json-schema";
import { labelsAfter, labelsFlow, labelsOf } from "./labels";

const text = { type: "string" };
const secret = { ...text, "x-studio-type": "secret" };
const personal = { ...text, "x-studio-type": "personal" };
const money = { type: "object", "x-studio-type": "money" };
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const faults = (from: JsonSchema, to: JsonSchema) => {
  const flow = labelsFlow(from, to);
  return flow.ok ? [] : flow.error.map((fault) => [fault.code, "at" in fault ? fault.at : null].join(" "));
};

test("[T5] a secret goes only where a secret is declared, at whatever depth it lies", () => {
  expect(faults(secret, secret)).toEqual([]);
  expect(faults(text, secret)).toEqual([]);
  expect(faults(secret, text)).toEqual(["secret_exposed "]);
  expect(faults(secret, {})).toEqual(["secret_exposed "]);
  expect(faults(object({ key: secret, a: text }), object({ a: text }))).toEqual(["secret_exposed /key"]);
  expect(faults(object({ key: secret }), { ...object({}), "x-studio-type": "secret" })).toEqual([]);
  expect(faults({ type: "array", items: secret }, { type: "array", items: text })).toEqual(["secret_exposed /*"]);
  expect(faults({ anyOf: [text, secret] }, text)).toEqual(["secret_exposed "]);
  expect(faults(secret, { anyOf: [text, secret] })).toEqual(["secret_exposed "]);
  expect(faults(secret, { $ref: "#/$defs/s", $defs: { s: secret } })).toEqual([]);
  expect(faults(secret, { anyOf: [secret, { $ref: "#/$defs/s" }], $defs: { s: secret } })).toEqual([]);
  const cases = { anyOf: [object({ key: secret }), object({ key: text })] };
  expect(faults(object({ key: secret }), cases)).toEqual(["secret_exposed /key"]);
  expect(faults(cases, object({ key: text }))).toEqual(["secret_exposed /key"]);
});

test("[T5] money is no number and no number is money", () => {
  expect(faults(money, money)).toEqual([]);
  expect(faults(money, {})).toEqual([]);
  expect(faults(money, { type: "number" })).toEqual(["money_mixed "]);
  expect(faults({ type: "number" }, money)).toEqual(["money_mixed "]);
  expect(faults({}, money)).toEqual(["money_mixed "]);
  expect(faults({ anyOf: [money, { type: "number" }] }, money)).toEqual(["money_mixed "]);
  expect(faults(object({}), object({ price: money }))).toEqual(["money_mixed /price"]);
  expect(faults(object({}, { additionalProperties: false }), object({ price: money }))).toEqual([]);
});

test("[T5] personal data is followed wherever it goes, and through agents", () => {
  expect(labelsFlow(object({ mail: personal }), {})).toEqual({ ok: true, value: ["personal"] });
  expect(labelsAfter(["personal", "secret", "money"], text)).toEqual(["personal"]);
  expect(labelsAfter([], object({ price: money }))).toEqual(["money"]);
  expect(labelsOf({ anyOf: [secret, { prefixItems: [personal] }] })).toEqual(["secret", "personal"]);
});

test("[T5] what is declared under a keyword that only the validator understands counts where it may matter", () => {
  expect(labelsOf({ allOf: [{ if: secret }] })).toEqual(["secret"]);
  expect(faults({ allOf: [secret] }, text)).toEqual(["secret_exposed "]);
  expect(faults(secret, { allOf: [secret] })).toEqual(["secret_exposed "]);
});

test("[T5] a label that nobody knows, and a schema that cannot be used, go nowhere", () => {
  const strange = { ...text, "x-studio-type": "health" };
  expect(labelsOf(strange)).toEqual(["unknown"]);
  expect(faults(strange, {})).toEqual(["labels_unclear "]);
  expect(faults(secret, { $ref: "#" })).toEqual(["labels_unclear "]);
  expect(labelsAfter(["unknown"], text)).toEqual(["unknown"]);
});
