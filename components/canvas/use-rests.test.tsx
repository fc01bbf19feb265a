// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { samples } from "@/flows/examples/samples";
import { useStudio } from "../store/studio-store";
import { useRests } from "./use-rests";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function Resting() {
  useRests();
  return null;
}

test("typing on is one step of undo, and after a rest the next one", async () => {
  const document = samples[0]?.document;
  const node = document?.nodes[0];
  if (!document || !node) throw new Error("there is no sample");
  useStudio.setState({ document, past: [], future: [], pending: [] });
  const root = createRoot(window.document.createElement("div"));
  await act(async () => root.render(<Resting />));
  const type = (title: string) =>
    useStudio.getState().edit({ edit: "rename_node", node: node.id, title }, { merge: "title" });
  type("A");
  vi.advanceTimersByTime(600);
  type("AB");
  vi.advanceTimersByTime(600);
  type("ABC");
  expect(useStudio.getState().past).toHaveLength(1);
  vi.advanceTimersByTime(1_200);
  type("ABCD");
  expect(useStudio.getState().past).toHaveLength(2);
  useStudio.getState().undo();
  expect(useStudio.getState().document.nodes[0]?.title).toBe("ABC");
  await act(async () => root.unmount());
  type("X");
  expect(vi.getTimerCount()).toBe(0);
});
