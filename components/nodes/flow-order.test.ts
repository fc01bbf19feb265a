import { expect, test } from "vitest";
import { NodeId } from "@/flows/basics/ids";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { inFlowOrder } from "./flow-order";

const { nodes, wires } = samples.find(({ id }) => id === "shorter-and-shorter")?.document ?? emptyDocument;

test("nodes come as the flow goes through them, and what lies in one right behind it", () => {
  const ids = inFlowOrder({ nodes: nodes.toReversed(), wires }).map(({ id }) => id);
  expect(ids.slice(0, 4)).toEqual(["text", "again", "shorten", "fits"]);
  expect(ids).toHaveLength(nodes.length);
});

test("a circle loses no node", () => {
  const [first, second] = nodes;
  const back = first && second ? [{ from: { node: second.id, output: "a" }, to: { node: first.id, input: "b" } }] : [];
  expect(inFlowOrder({ nodes, wires: [...wires, ...back] })).toHaveLength(nodes.length);
});

test("what has no wire comes last, wherever it was drawn", () => {
  const [first] = nodes;
  if (!first) throw new Error("the sample has lost its nodes");
  const note = { ...first, id: NodeId.parse("note"), kind: "note" };
  expect(inFlowOrder({ nodes: [note, ...nodes], wires }).at(-1)).toBe(note);
});
