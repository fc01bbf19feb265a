import { expect, test } from "vitest";
import { ObjectSchema } from "./agent-manifest";
import { validate } from "./validate";

const schema = ObjectSchema.parse({
  type: "object",
  properties: { text: { type: "string", minLength: 1 }, sentences: { type: "integer", minimum: 1, maximum: 20 } },
  required: ["text"],
  additionalProperties: false,
});

test("[T1] a value that fits passes unchanged", () => {
  expect(validate(schema, { text: "a", sentences: 3 })).toEqual({ ok: true, value: { text: "a", sentences: 3 } });
});

test("[T1] a value that does not fit is refused with its place", () => {
  expect(validate(schema, {})).toMatchObject({ ok: false, error: { problem: expect.stringContaining("text") } });
  expect(validate(schema, { text: "a", sentences: 1.5 })).toMatchObject({ ok: false, error: { at: "/sentences" } });
  expect(validate(schema, { text: "a", extra: 1 })).toMatchObject({ ok: false });
  expect(validate(schema, "text")).toMatchObject({ ok: false });
});
