import { expect, test } from "vitest";
import { canvasFlow } from "@/e2e/bench/canvas-flow.mjs";
import { samples } from "@/flows/examples/samples";
import type { FlowDocument } from "@/flows/graph/graph";
import { isFirstPicture, MANY } from "./first-picture";

const room = { width: 1_280, height: 800 };
const drawing = (size: number) => canvasFlow(size) as unknown as FlowDocument;

test("a flow of many nodes that has to be made small to be seen whole needs no ports at first", () => {
  expect(isFirstPicture(drawing(500), room)).toBe(true);
  expect(isFirstPicture(drawing(500), { width: 20_000, height: 20_000 })).toBe(false);
});

test("what can be read, or is of few nodes, waits for its ports", () => {
  for (const { id, document } of samples) expect(isFirstPicture(document, room), id).toBe(false);
  const few = drawing(MANY - 1);
  expect(isFirstPicture(few, { width: 100, height: 100 })).toBe(false);
  const { nodes } = drawing(MANY);
  expect(isFirstPicture({ nodes, layout: {} }, room)).toBe(false);
});
