import { expect, test } from "vitest";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { nodeDeriver, type Scene } from "./derive-nodes";
import { wireDeriver } from "./derive-wires";

const document = samples[0]?.document ?? emptyDocument;
const scene: Scene = {
  document,
  ports: {},
  problems: [],
  nodeRuns: {},
  selected: [],
  dragged: {},
  agents: new Map(),
  debugging: { breaks: [], pins: [] },
  far: false,
  shown: null,
};
const changed = (before: readonly object[], after: readonly object[]) =>
  after.flatMap((node, place) => (node === before[place] ? [] : [place]));

test("dragging one node makes one node new", () => {
  const derive = nodeDeriver();
  const before = derive(scene);
  const after = derive({ ...scene, dragged: { review: { x: 5, y: 5 } } });
  expect(changed(before, after).map((place) => after[place]?.id)).toEqual(["review"]);
  expect(after.find(({ id }) => id === "review")?.position).toEqual({ x: 5, y: 5 });
});

test("a stop makes its own node new and marks it", () => {
  const derive = nodeDeriver();
  const before = derive(scene);
  const [review] = document.nodes.filter(({ id }) => id === "review");
  if (!review) throw new Error("the sample has lost its review");
  const breaks = [{ node: review.id, when: "before" }] as const;
  const after = derive({ ...scene, debugging: { breaks, pins: [] } });
  expect(changed(before, after).map((place) => after[place]?.id)).toEqual(["review"]);
  expect(after.find(({ id }) => id === "review")?.data.mark).toBe("stop");
});

test("a status makes its own node new and says so to those who listen", () => {
  const derive = nodeDeriver();
  const before = derive(scene);
  const run = { status: "running", ms: null, paid: null, question: null } as const;
  const after = derive({ ...scene, nodeRuns: { analyse: run } });
  expect(changed(before, after).map((place) => after[place]?.id)).toEqual(["analyse"]);
  expect(after[1]?.domAttributes).toMatchObject({ "data-status": "running" });
});

test("of many nodes far out only those that are asked for keep their own look", () => {
  const derive = nodeDeriver();
  const drawn = derive({ ...scene, far: true, shown: new Set(["review"]) });
  expect(drawn.filter(({ type }) => type !== "pictured").map(({ id }) => id)).toEqual(["review"]);
  const after = derive({ ...scene, far: true, shown: new Set(["analyse"]) });
  expect(changed(drawn, after).map((place) => after[place]?.id)).toEqual(["analyse", "review"]);
});

test("selecting one wire makes one wire new", () => {
  const derive = wireDeriver();
  const before = derive({ document, ports: {}, unsure: [], wireRuns: {}, selected: [] });
  const after = derive({ document, ports: {}, unsure: [], wireRuns: {}, selected: [before[2]?.id ?? ""] });
  expect(changed(before, after)).toEqual([2]);
});

test("what came along a wire makes that wire new", () => {
  const derive = wireDeriver();
  const rest = { document, ports: {}, unsure: [], selected: [] };
  const before = derive({ ...rest, wireRuns: {} });
  const after = derive({ ...rest, wireRuns: { [before[1]?.id ?? ""]: "done" } });
  expect(changed(before, after)).toEqual([1]);
  expect(after[1]?.data?.run).toBe("done");
});
