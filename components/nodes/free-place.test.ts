import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import type { FlowNode, Position } from "@/flows/graph/graph";
import { freshSize, placeBeside, placeFree, placeInside } from "./free-place";

type Drawn = readonly [id: string, at: Position, parent?: string];

function scene(...drawn: readonly Drawn[]) {
  const nodes = drawn.map(
    ([id, , parent]): FlowNode => ({
      ...{ id: id as NodeId, kind: id.startsWith("loop") ? "loop" : "agent", title: id, settings: {} },
      ...(parent ? { parent: parent as NodeId } : {}),
    }),
  );
  return { document: { nodes, layout: Object.fromEntries(drawn.map(([id, at]) => [id, at])) }, ports: {} };
}

const card = freshSize("agent");
const id = (name: string) => name as NodeId;

test("what is added comes to the right of what is selected, and below what lies there", () => {
  const one = scene(["a", { x: 0, y: 0 }]);
  expect(placeBeside(one, id("a"), card)).toEqual({ parent: null, position: { x: 300, y: 0 } });
  const two = scene(["a", { x: 0, y: 0 }], ["b", { x: 300, y: 10 }], ["c", { x: 300, y: 122 }]);
  expect(placeBeside(two, id("a"), card).position).toEqual({ x: 300, y: 234 });
});

test("what is added beside a node never falls into a container that lies there", () => {
  const drawn = scene(["a", { x: 0, y: 0 }], ["loop", { x: 300, y: -20 }], ["in", { x: 60, y: 120 }, "loop"]);
  const { parent, position } = placeBeside(drawn, id("a"), card);
  expect(parent).toBeNull();
  expect(position.y).toBeGreaterThanOrEqual(-20 + 200);
});

test("a container that is empty is filled; one that is not, or is collapsed, has the next node beside it", () => {
  const empty = scene(["loop", { x: 100, y: 0 }]);
  expect(placeBeside(empty, id("loop"), card)).toEqual({ parent: "loop", position: { x: 60, y: 132 } });
  expect(placeBeside({ ...empty, folded: new Set(["loop"]) }, id("loop"), card).parent).toBeNull();
  const filled = scene(["loop", { x: 100, y: 0 }], ["in", { x: 60, y: 132 }, "loop"]);
  expect(placeBeside(filled, id("loop"), card)).toEqual({ parent: null, position: { x: 640, y: 0 } });
  expect(placeBeside(filled, id("in"), card)).toEqual({ parent: "loop", position: { x: 360, y: 132 } });
  expect(placeInside(filled, id("loop"), card).position.y).toBeGreaterThan(132 + 72);
});

test("a free place for a container has room for all of it", () => {
  const drawn = scene(["a", { x: 300, y: 0 }]);
  const wanted = { parent: null, position: { x: 0, y: -100 } };
  expect(placeFree(drawn, wanted, freshSize("loop")).position.y).toBeGreaterThan(72);
  expect(placeFree(drawn, wanted, card).position.y).toBe(-100);
});
