import { expect, test } from "vitest";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { boxAt, boxesOf, drawFarNodes } from "./draw-far-nodes";

const document = samples.find(({ id }) => id === "paragraph-by-paragraph")?.document ?? emptyDocument;
const boxes = boxesOf({ document, ports: {}, folded: new Set() });
const inner = document.nodes.find(({ parent }) => parent !== undefined);

test("every node is drawn once, beside those of its state, and those that are chosen once more", () => {
  const run = { status: "done", ms: 1, paid: null, question: null } as const;
  const nodeRuns = { [inner?.id ?? ""]: run };
  const drawn = drawFarNodes(boxes, { nodeRuns, selected: [inner?.id ?? ""] });
  expect([...drawn.values()].join("").match(/M/g)).toHaveLength(document.nodes.length + 1);
  expect(drawn.get("done")?.match(/M/g)).toHaveLength(1);
  expect(drawn.get("selected")).toBe(drawn.get("done"));
});

test("what lies in a node is found before the node around it", () => {
  const box = boxes.find(({ id }) => id === inner?.id);
  const around = boxes.find(({ id }) => id === inner?.parent);
  expect(boxAt(boxes, { x: (box?.x ?? 0) + 2, y: (box?.y ?? 0) + 2 })).toBe(inner?.id);
  expect(boxAt(boxes, { x: (around?.x ?? 0) + 1, y: (around?.y ?? 0) + 1 })).toBe(inner?.parent);
  expect(boxAt(boxes, { x: -9_999, y: 0 })).toBeNull();
});

test("what lies in a collapsed container is not in the picture", () => {
  const shut = boxesOf({ document, ports: {}, folded: new Set([inner?.parent ?? ""]) });
  expect(shut.map(({ id }) => id)).toContain(inner?.parent);
  expect(shut.map(({ id }) => id)).not.toContain(inner?.id);
});
