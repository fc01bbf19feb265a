import { expect, test } from "vitest";
import { ObjectSchema } from "./agent-manifest";
import { canFlow, portTypeOf } from "./port-type";
import { portSchema, portsOf } from "./schema-ports";
import { validate } from "./validate";

test("[T2] known types must agree, and an unknown side leaves the decision to the run", () => {
  expect(canFlow("text", "text")).toBe(true);
  expect(canFlow("text", "number")).toBe(false);
  expect(canFlow("unknown", "number")).toBe(true);
  expect(canFlow("list", "unknown")).toBe(true);
});

test("[T2] a secret goes only where one is asked for, and only money is money", () => {
  expect(canFlow("secret", "secret")).toBe(true);
  expect(canFlow("secret", "unknown")).toBe(false);
  expect(canFlow("text", "secret")).toBe(true);
  expect(canFlow("money", "number")).toBe(false);
  expect(canFlow("number", "money")).toBe(false);
  expect(canFlow("unknown", "money")).toBe(false);
  expect(canFlow("money", "unknown")).toBe(true);
});

test("a declared meaning stands before the shape, and personal data keeps its shape", () => {
  expect(portTypeOf({ type: "string", "x-studio-type": "secret" })).toBe("secret");
  expect(portTypeOf({ type: "object", "x-studio-type": "money" })).toBe("money");
  expect(portTypeOf({ type: "string", "x-studio-type": "file" })).toBe("file");
  expect(portTypeOf({ type: "string", "x-studio-type": "personal" })).toBe("text");
  expect(portTypeOf({ type: "string", "x-studio-type": "other" })).toBe("unknown");
  expect(portTypeOf({ type: "constructor" })).toBe("unknown");
});

test("a schema's properties are its ports", () => {
  const schema = ObjectSchema.parse({
    type: "object",
    properties: { csv: { type: "string", title: "CSV" }, any: {} },
    required: ["csv"],
  });
  expect(portsOf(schema)).toEqual([
    { name: "csv", title: "CSV", type: "text", required: true, schema: schema.properties.csv },
    { name: "any", title: "any", type: "unknown", required: false, schema: schema.properties.any },
  ]);
});

test("the schema of a port brings the definitions that it refers to", () => {
  const properties = { a: { $ref: "#/$defs/short" }, b: { type: "number" } };
  const schema = ObjectSchema.parse({ type: "object", properties, $defs: { short: { maxLength: 1 } } });
  const port = portSchema(schema, "a") ?? false;
  expect(validate(port, "a")).toMatchObject({ ok: true });
  expect(validate(port, "aa")).toMatchObject({ ok: false });
  expect(portSchema(schema, "constructor")).toBeNull();
});
