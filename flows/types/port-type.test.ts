import { expect, test } from "vitest";
import { ObjectSchema } from "./agent-manifest";
import { canFlow } from "./port-type";
import { portsOf } from "./schema-ports";

test("[T2] known types must agree, and an unknown side leaves the decision to the run", () => {
  expect(canFlow("text", "text")).toBe(true);
  expect(canFlow("text", "number")).toBe(false);
  expect(canFlow("unknown", "number")).toBe(true);
  expect(canFlow("list", "unknown")).toBe(true);
});

test("a schema's properties are its ports", () => {
  const schema = ObjectSchema.parse({
    type: "object",
    properties: { csv: { type: "string", title: "CSV" }, any: {} },
    required: ["csv"],
  });
  expect(portsOf(schema)).toEqual([
    { name: "csv", title: "CSV", type: "text", required: true },
    { name: "any", title: "any", type: "unknown", required: false },
  ]);
});
