import { expect, test } from "vitest";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { answerCompile } from "./answer-compile";
import { drawFarWires } from "./draw-far-wires";

test("every wire is drawn once, those of one type together, from port to port", () => {
  const document = samples[0]?.document ?? emptyDocument;
  const { ports } = answerCompile(document, sampleManifests);
  const drawn = drawFarWires({ document, ports });
  const starts = [...drawn.values()].join("").match(/M/g) ?? [];
  expect(starts).toHaveLength(document.wires.length);
  expect([...drawn.keys()].sort()).toEqual(["text", "unknown"]);
  const { sales } = document.layout as Record<string, { x: number; y: number }>;
  expect(drawn.get("text")).toContain(`M${(sales?.x ?? 0) + 220} ${(sales?.y ?? 0) + 36}C`);
});

test("a wire whose node has no place is left out", () => {
  const document = { ...(samples[0]?.document ?? emptyDocument), layout: {} };
  expect(drawFarWires({ document, ports: {} }).size).toBe(0);
});
