import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzing } from "../basics/fuzzing.contract";
import type { Json } from "../basics/json";
import { assignable } from "./assignable";
import { checkSchema } from "./check-schema";
import type { JsonSchema } from "./json-schema";
import { labelsFlow } from "./labels";
import { validate } from "./validate";

const NAMES = ["a", "b", "toString", "constructor", "__proto__", "a/b", "~0", ""];
const TYPES = ["string", "integer", "number", "object", "array", "boolean", "null", "text", 7, ["string", "null"], []];
const bound = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e308, 5e-324, 2 ** 53, "1", null));

/** What is written under a keyword: mostly what it holds, at times anything. */
const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const some = fc.array(tie("schema"), { maxLength: 3 });
  const byName = fc.dictionary(fc.constantFrom(...NAMES), tie("schema"), { maxKeys: 3 });
  const counted = fc.record(
    {
      type: fc.constantFrom(...TYPES),
      minimum: bound,
      exclusiveMaximum: bound,
      multipleOf: bound,
      minLength: bound,
      maxItems: bound,
      minProperties: bound,
      enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
      const: fc.jsonValue({ maxDepth: 1 }),
      required: fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }),
      "x-studio-type": fc.constantFrom("secret", "money", "personal", "health", 1),
    },
    { requiredKeys: [] },
  );
  const nested = fc.record(
    {
      properties: byName,
      $defs: byName,
      items: tie("schema"),
      prefixItems: some,
      additionalProperties: tie("schema"),
      anyOf: some,
      oneOf: some,
      allOf: some,
      not: tie("schema"),
      if: tie("schema"),
      contains: tie("schema"),
      propertyNames: tie("schema"),
      pattern: fc.constantFrom("(a+)+$", "[", ""),
      $ref: fc.constantFrom(
        "#/$defs/a",
        "#/$defs/toString",
        "#",
        "#/$defs/a~1b",
        "http://127.0.0.1:9/",
        "#/properties/a",
      ),
    },
    { requiredKeys: [] },
  );
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.boolean(),
      counted,
      fc.tuple(counted, nested).map(([one, other]) => ({ ...one, ...other })),
      nested,
      fc.jsonValue({ maxDepth: 1 }),
    ),
  };
});

test("[T3] any schema, against any value and any other schema, ends in an answer or in typed faults", () => {
  fuzzing(fc.tuple(schema, schema, fc.jsonValue({ maxDepth: 3 })), ([from, to, value]) => {
    for (const fault of checkSchema(from)) expect(fault.code).toMatch(/^(schema|keyword|label|name|ref)_[a-z_]+$/);
    expect(typeof validate(from as JsonSchema, value as Json).ok).toBe("boolean");
    if (checkSchema(from).length > 0 || checkSchema(to).length > 0) return;
    const { answer } = assignable(from as JsonSchema, to as JsonSchema);
    expect(["yes", "no", "unknown"]).toContain(answer);
    expect(typeof labelsFlow(from as JsonSchema, to as JsonSchema).ok).toBe("boolean");
  });
});
