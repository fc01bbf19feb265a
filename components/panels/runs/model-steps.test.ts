import { expect, test } from "vitest";
import type { StepView } from "@/flows/run/view";
import { partWords, shownSteps } from "./model-steps";

const step = (key: string, op: StepView["op"]) => {
  const [name = "", path] = key.split("@");
  return {
    key,
    openedAtMs: op === "try" ? null : 7,
    status: "done" as const,
    step: name as StepView["step"],
    op,
    path: path ? path.split(".").map(Number) : [],
  };
};

const steps = [
  step("before", "call"),
  step("ask.cap", "try"),
  step("ask.turns@0", "loop"),
  step("ask.turn@0.0", "model"),
  step("ask.turn@0.1", "model"),
  step("ask.calls@0.0", "map"),
  step("ask.which@0.0.0", "choose"),
  step("ask.try-0@0.0.0", "try"),
  step("ask.tool-0@0.0.0.0", "call"),
  step("ask.tool-0@0.0.1.0", "call"),
  step("ask.tool-1", "call"),
  step("ask.next@0.0", "join"),
  step("after", "ask"),
];

test("of a model its frame, its turns and their calls are shown, in their order", () => {
  expect(shownSteps(steps).map(({ key }) => key)).toEqual([
    "before",
    "ask.cap",
    "ask.turn@0.0",
    "ask.tool-0@0.0.0.0",
    "ask.tool-0@0.0.1.0",
    "ask.turn@0.1",
    "after",
  ]);
  expect(shownSteps(steps)[1]).toMatchObject({ key: "ask.cap", openedAtMs: 7 });
});

test("a turn is called by its number, and a call by its agent and its turn", () => {
  const words = (key: string, op: StepView["op"]) => partWords(step(key, op), "acme/reader@1.0.0");
  expect(words("ask.turn@0.1", "model")).toBe("turn 2");
  expect(words("ask.tool-0@0.0.1.0", "call")).toBe("turn 1: reader");
  expect(words("loop.tool-0@1", "map")).toBeNull();
  expect(words("tool-0", "call")).toBeNull();
});
