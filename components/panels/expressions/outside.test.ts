import { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { expect, test, vi } from "vitest";
import { follow } from "./outside";

function editorOf(doc: string) {
  const dispatch = vi.fn();
  return {
    dispatch,
    view: { state: EditorState.create({ doc }), composing: false, dispatch } as unknown as EditorView,
  };
}

test("a text with carriage returns is what the editor shows of it: nothing is changed by opening it", () => {
  const { view, dispatch } = editorOf("a\r\nb\rc");
  follow(view, "a\r\nb\rc");
  expect(dispatch).not.toHaveBeenCalled();
  follow(view, "a\r\nb\r\ncd");
  expect(dispatch.mock.calls[0]?.[0].changes).toEqual({ from: 5, to: 5, insert: "d" });
});
