import { expect, test } from "vitest";
import { addSaid, isCallOf, type StepTold, toldInWords } from "./step-told";

const said = (start: number, text: string, more: object = {}) => ({
  operation: "r/a/call",
  start,
  text,
  done: null,
  message: null,
  ...more,
});
const sum = (...all: ReturnType<typeof said>[]) => all.reduce<StepTold | null>(addSaid, null);

test("pieces of a text are put where they stand, and one that is heard twice changes nothing", () => {
  const rows = [said(0, "Once "), said(0, "Once upon "), said(10, "a time"), said(10, "a time, there")];
  expect(sum(...rows)?.text).toBe("Once upon a time, there");
  expect(sum(...rows, ...rows.slice(2))?.text).toBe("Once upon a time, there");
});

test("an attempt that begins anew takes the place of the one before, and so does the next attempt", () => {
  expect(sum(said(0, "Once "), said(5, "upon"), said(0, "No"))?.text).toBe("No");
  expect(sum(said(0, "Once "), said(0, "Next", { operation: "r/a/call.1" }))).toMatchObject({
    operation: "r/a/call.1",
    text: "Next",
  });
});

test.each([
  ["summarise", "r/summarise/call", true],
  ["summarise", "r/summarise/call.2", true],
  ["summarise@2.0", "r/summarise@2.0/call", true],
  ["summarise", "r/summarise@2/call", false],
  ["summarise", "r/summarise/calling", false],
  ["sum", "r/summarise/call", false],
  ["summarise", "q/summarise/call", false],
])("of step %s the call %s is one of its own: %s", (step, operation, own) => {
  expect(isCallOf("r", step, operation)).toBe(own);
});

test("what is seen as a bar is said in words", () => {
  const told = { operation: "o", text: "", done: 0.256, message: "Column 3 of 12" };
  expect(toldInWords(told)).toBe("26 percent: Column 3 of 12");
  expect(toldInWords({ ...told, message: null })).toBe("26 percent");
  expect(toldInWords({ ...told, done: null, message: null, text: "abc" })).toBe("Text is coming in");
});
