import { expect, test } from "vitest";
import { shapeOf } from "./field-shape";

const shape = (property: object) => shapeOf("x", property as Record<string, unknown>).type;

test("a schema says by which control a value is asked for", () => {
  expect(shape({ type: "string" })).toBe("text");
  expect(shape({ type: "string", format: "text" })).toBe("long");
  expect(shape({ type: "string", format: "csv" })).toBe("csv");
  expect(shape({ type: "string", contentEncoding: "base64", "x-studio-type": "file" })).toBe("file");
  expect(shape({ type: "string", enum: ["a", "b"] })).toBe("choice");
  expect(shape({ type: "integer", minimum: 1 })).toBe("number");
  expect(shape({ type: "boolean" })).toBe("boolean");
  expect(shape({ type: "array" })).toBe("json");
  expect(shape({})).toBe("json");
});
