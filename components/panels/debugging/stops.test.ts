import { expect, test } from "vitest";
import { noDebugging } from "@/components/store/debug-slice";
import { NodeId, StepId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { hasBreak, stopsOf, toggleBreak } from "./stops";

const step = (id: string, node: string) => ({ id: StepId.parse(id), node: NodeId.parse(node) });
const steps = [step("a", "a"), step("b/check", "b"), step("b/pay", "b")];
const b = NodeId.parse("b");

test("before a node is before its first step, after it is after its last", () => {
  const breaks = [
    { node: b, when: "before" },
    { node: b, when: "after" },
    { node: NodeId.parse("gone"), when: "before" },
  ] as const;
  expect(stopsOf({ ...noDebugging, breaks }, steps)).toEqual([
    { before: "step", step: "b/check" },
    { after: "step", step: "b/pay" },
  ]);
});

test("step mode and a limit for payments are stops too", () => {
  const above = money("microcredits", 5n);
  expect(stopsOf({ ...noDebugging, everyStep: true, paymentsAbove: above }, steps)).toEqual([
    { before: "every_step" },
    { before: "payment", above },
  ]);
  expect(stopsOf(noDebugging, steps)).toEqual([]);
});

test("a break is set and taken away again, and leaves the others", () => {
  const before = { node: b, when: "before" } as const;
  const after = { node: b, when: "after" } as const;
  const both = toggleBreak(toggleBreak([], before), after);
  expect(both).toEqual([before, after]);
  expect(toggleBreak(both, before)).toEqual([after]);
  expect(hasBreak(both, after)).toBe(true);
});
