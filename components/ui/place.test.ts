import { expect, test } from "vitest";
import { place } from "@/components/ui/place";

const screen = { width: 400, height: 300 };
const size = { width: 100, height: 20 };

test("it is centred on the side that was asked for", () => {
  const anchor = { left: 200, top: 100, width: 40, height: 28 };
  expect(place({ anchor, size, screen, side: "bottom" })).toEqual({ left: 170, top: 134 });
  expect(place({ anchor, size, screen, side: "right" })).toEqual({ left: 246, top: 104 });
});

test("without room it goes to the other side", () => {
  const anchor = { left: 200, top: 270, width: 40, height: 28 };
  expect(place({ anchor, size, screen, side: "bottom" })).toEqual({ left: 170, top: 244 });
});

test("it never leaves the screen", () => {
  const anchor = { left: 380, top: 100, width: 20, height: 28 };
  expect(place({ anchor, size, screen, side: "top" }).left).toBe(292);
});
