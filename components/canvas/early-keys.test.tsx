// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { pressEarlyKeys, useEarlyKeys } from "./early-keys";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Early() {
  useEarlyKeys();
  return null;
}

test("keys that were pressed before anybody listened are pressed once more, and what was typed is not", async () => {
  const { document } = window;
  await act(async () => createRoot(document.createElement("div")).render(<Early />));
  const field = document.body.appendChild(document.createElement("input"));
  const press = (target: Element, key: string) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  press(document.body, "Delete");
  press(field, "x");
  const heard: string[] = [];
  document.addEventListener("keydown", ({ key }) => heard.push(key));
  pressEarlyKeys();
  pressEarlyKeys();
  expect(heard).toEqual(["Delete"]);
  press(document.body, "n");
  pressEarlyKeys();
  expect(heard).toEqual(["Delete", "n"]);
});
