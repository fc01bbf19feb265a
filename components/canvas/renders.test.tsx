// @vitest-environment jsdom
import { act, createElement } from "react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { benchAgents, largeFlow } from "@/flows/examples/large-flow";
import { wireKey } from "@/flows/graph/wire-key";
import type { NodeRun } from "../store/run-slice";
import { answerCompile } from "./answer-compile";
import { countRenders } from "./count-renders.contract";

const SIZE = 500;
/** The page that jsdom lays nothing out in: as large as the whole flow, so that every node is in view and in detail. */
const PAGE = 20_000;

const count = countRenders();
const document500 = largeFlow(SIZE);
const nodes = new Set<string>(document500.nodes.map(({ id }) => id));
const wires = new Set(document500.wires.map(wireKey));
const answer = answerCompile(document500, benchAgents);
const still: NodeRun = { status: "done", ms: 1, paid: null, question: null };

let unmount = () => {};
let studio: typeof import("../store/studio-store").useStudio;

beforeAll(async () => {
  class Resized {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, ResizeObserver: Resized });
  for (const side of ["offsetWidth", "offsetHeight"])
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => PAGE });
  const { createRoot } = await import("react-dom/client");
  const { ReactFlowProvider } = await import("@xyflow/react");
  const { FlowCanvas } = await import("./flow-canvas");
  await import("../nodes/later-views"); // fetched when a flow first has such a node
  studio = (await import("../store/studio-store")).useStudio;
  studio.setState({ document: document500 });
  studio.getState().compiled(document500, answer);
  const host = window.document.body.appendChild(window.document.createElement("div"));
  const root = createRoot(host);
  const drawn = createElement(FlowCanvas, { agents: new Map(benchAgents), onDrop() {}, onDragOver() {} });
  await act(async () => root.render(createElement(ReactFlowProvider, null, drawn)));
  await settled();
  unmount = () => act(() => root.unmount());
}, 120_000);

afterAll(() => unmount());
beforeEach(() => count.start());

/** What is loaded late, and what React Flow does in the next frame. */
const settled = () => act(() => new Promise<void>((done) => setTimeout(done, 300)));
const renderedOf = (known: ReadonlySet<string>) => [...new Set(count.rendered().filter((id) => known.has(id)))].sort();
const elementOf = (id: string) => {
  const found = window.document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
  if (!found) throw new Error(`${id} is not drawn`);
  return found;
};

test("every one of 500 nodes is drawn", () => {
  expect(window.document.querySelectorAll(".react-flow__node")).toHaveLength(document500.nodes.length);
});

test("38. dragging one of 500 nodes renders it and its wires only", async () => {
  const id = "s7-if";
  const own = document500.wires.filter(({ from, to }) => from.node === id || to.node === id).map(wireKey);
  const mouse = (type: string, at: number) => {
    const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX: at, clientY: at, button: 0 });
    return Object.defineProperty(event, "view", { value: window }); // jsdom does not take vitest's window for one
  };
  await act(async () => elementOf(id).dispatchEvent(mouse("mousedown", 100)));
  await act(async () => window.dispatchEvent(mouse("mousemove", 110)));
  await settled(); // the press has selected it
  count.start();
  for (const at of [120, 130, 140]) await act(async () => window.dispatchEvent(mouse("mousemove", at)));
  expect(renderedOf(nodes)).toEqual([id]);
  expect(renderedOf(wires)).toEqual(own.sort());
  await act(async () => window.dispatchEvent(mouse("mouseup", 200)));
});

test("39. 200 status events on 500 nodes render no idle node", async () => {
  const active = document500.nodes.slice(0, 20).map(({ id }) => id);
  // Every answer of the server is made of new objects, whether they say anything new or not.
  const answerWith = (runs: Record<string, NodeRun>): Record<string, NodeRun> =>
    Object.fromEntries(document500.nodes.map(({ id }) => [id, { ...still, ...runs[id] }]));
  const cameAlong = () => Object.fromEntries(document500.wires.map((wire) => [wireKey(wire), "done" as const]));
  await act(async () => studio.getState().progressed({ nodes: answerWith({}), wires: cameAlong() }));
  count.start();
  const runs: Record<string, NodeRun> = {};
  for (let event = 0; event < 200; event++) {
    runs[active[event % active.length] ?? ""] = { ...still, status: "running", ms: event + 2 };
    await act(async () => studio.getState().progressed({ nodes: answerWith(runs), wires: cameAlong() }));
  }
  expect(renderedOf(nodes)).toEqual([...active].sort());
  expect(renderedOf(wires)).toEqual([]);
});
