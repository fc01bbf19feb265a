import { expect, test } from "vitest";
import { BOX, sketchOf } from "@/components/panels/runs/sketch-layout";
import { samples } from "@/flows/examples/samples";

test("every sample is sketched whole, starts in the corner, and no two nodes overlap", () => {
  for (const { document } of samples) {
    const { spots, wires, width, height } = sketchOf(document);
    expect(spots).toHaveLength(document.nodes.length);
    expect(wires).toHaveLength(document.wires.length);
    expect(Math.min(...spots.map(({ left }) => left))).toBe(0);
    expect(spots.every(({ left, top }) => left + BOX.width <= width && top + BOX.height <= height)).toBe(true);
    for (const one of spots)
      for (const other of spots)
        if (one !== other)
          expect(Math.abs(one.left - other.left) >= BOX.width || Math.abs(one.top - other.top) >= BOX.height).toBe(
            true,
          );
  }
});

test("a flow without nodes has a sketch without any", () => {
  expect(sketchOf({ version: 2, nodes: [], wires: [], layout: {} })).toMatchObject({ spots: [], wires: [] });
});
