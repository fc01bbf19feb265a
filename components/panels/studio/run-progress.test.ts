import { expect, test } from "vitest";
import { outlierWatch } from "@/flows/examples/outlier-watch";
import { wireKey } from "@/flows/graph/wire-key";
import type { StepView } from "@/flows/run/view";
import { progressOf } from "./run-progress";

const { document } = outlierWatch;
const step = (node: string, seen: Partial<StepView>): StepView =>
  ({
    step: node,
    path: [],
    node,
    op: "call",
    status: "waiting",
    openedAtMs: null,
    closedAtMs: null,
    paid: null,
    question: null,
    ...seen,
  }) as StepView;

test("nodes without a step show what has reached them", () => {
  const steps = [
    step("analyse", { status: "done", openedAtMs: 10, closedAtMs: 35 }),
    step("any", { op: "choose", status: "done", port: "no" }),
    step("tell", { op: "ask", status: "skipped" }),
    step("write", { status: "skipped" }),
  ];
  const { nodes: seen, wires } = progressOf({ document, steps });
  expect(Object.fromEntries(Object.entries(seen).map(([node, { status }]) => [node, status]))).toEqual({
    sheet: "done",
    analyse: "done",
    any: "done",
    tell: "skipped",
    write: "skipped",
    note: "skipped",
    clean: "done",
    outliers: "done",
  });
  expect(seen.analyse?.ms).toBe(25);
  const came = (from: string) =>
    document.wires.filter((wire) => wire.from.node === from).map((wire) => wires[wireKey(wire)]);
  expect([came("sheet"), came("any"), came("tell")].map((all) => [...new Set(all)])).toEqual([
    ["done"],
    ["skipped", "done"],
    ["skipped"],
  ]);
});

test("a call that failed in a node's body fails the node only once the node itself has", () => {
  const [first] = document.nodes;
  const id = first?.id ?? "";
  const part = (name: string, seen: Partial<StepView>) => ({ ...step(id, seen), step: `${id}.${name}` }) as StepView;
  const going = [part("cap", { op: "try", status: "running" }), part("tool-0", { path: [0, 0], status: "failed" })];
  expect(progressOf({ document, steps: going }).nodes[id]?.status).toBe("running");
  const over = [part("cap", { op: "try", status: "done" }), part("tool-0", { path: [0, 0], status: "failed" })];
  expect(progressOf({ document, steps: over }).nodes[id]?.status).toBe("done");
});
