import { expect, test } from "vitest";
import { linesOf, snapTo } from "./snap";

const box = (x: number, y: number) => ({ x, y, width: 220, height: 72 });
const lines = linesOf([box(0, 0), box(1000, 500)]);

test("what is dragged near the edge of another stands level with it, and a guide says with what", () => {
  const { x, y, guides } = snapTo(lines, [box(4, 300)], 6);
  expect({ x, y }).toEqual({ x: -4, y: 0 });
  expect(guides).toEqual([{ axis: "x", at: 0, from: 0, to: 372 }]);
});

test("the middles are met as well, and the nearest of several lines holds", () => {
  const { x, guides } = snapTo(linesOf([{ x: 0, y: 0, width: 100, height: 72 }]), [{ ...box(0, 200), x: -57 }], 6);
  expect(x).toBe(-3);
  expect(guides[0]).toMatchObject({ axis: "x", at: 50 });
});

test("far from everything the corner comes to lie on the grid", () => {
  expect(snapTo(lines, [box(400, 205)], 6)).toEqual({ x: -4, y: -1, guides: [] });
});
