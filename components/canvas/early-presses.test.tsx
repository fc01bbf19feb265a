// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { repeatEarlyPresses, useEarlyPresses } from "./early-presses";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Early() {
  useEarlyPresses();
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
  repeatEarlyPresses();
  repeatEarlyPresses();
  expect(heard).toEqual(["Delete"]);
  press(document.body, "n");
  repeatEarlyPresses();
  expect(heard).toEqual(["Delete", "n"]);
});

test("a right click on the canvas that came too early opens its menu once there is one, and the browser's never", async () => {
  const { document } = window;
  await act(async () => createRoot(document.createElement("div")).render(<Early />));
  const canvas = document.body.appendChild(document.createElement("div"));
  canvas.className = "react-flow";
  const node = canvas.appendChild(document.createElement("p"));
  const click = (target: Element) => {
    const event = new MouseEvent("contextmenu", { button: 2, clientX: 7, clientY: 9, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(click(node)).toBe(true);
  expect(click(document.body)).toBe(false);
  const heard: object[] = [];
  document.addEventListener("contextmenu", ({ target, clientX, clientY, button }) =>
    heard.push({ target, clientX, clientY, button }),
  );
  repeatEarlyPresses();
  repeatEarlyPresses();
  expect(heard).toEqual([{ target: node, clientX: 7, clientY: 9, button: 2 }]);
  expect(click(node)).toBe(false);
});
