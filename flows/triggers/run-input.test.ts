import { expect, test } from "vitest";
import { NodeId } from "../basics/ids";
import { validate } from "../types/validate";
import { inputOfStart } from "./run-input";

const hook = NodeId.parse("hook");
const input = {
  type: "object",
  properties: {
    language: { type: "string" },
    hook: { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false },
  },
  required: ["language"],
  additionalProperties: false,
} as const;

test("[W8] what comes lies under the trigger's node, beside what the payer fixed, and has to fit there", () => {
  const started = inputOfStart(hook, { language: "de" }, { text: "hi" });
  expect(started).toEqual({ language: "de", hook: { text: "hi" } });
  expect(validate(input, started).ok).toBe(true);
  for (const body of [{}, { text: 5 }, { text: "hi", language: "en" }, "hi", null, [{ text: "hi" }]])
    expect(validate(input, inputOfStart(hook, { language: "de" }, body)).ok).toBe(false);
});

test("[W8] what comes never stands in for what the payer fixed, whatever its node is called", () => {
  expect(inputOfStart(hook, { hook: { text: "fixed" } }, { text: "sent" })).toEqual({ hook: { text: "sent" } });
  const odd = inputOfStart(NodeId.parse("__proto__"), {}, { text: "hi" });
  expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
  expect(Object.keys(odd)).toEqual(["__proto__"]);
});
