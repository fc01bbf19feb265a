import { expect, test } from "vitest";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { sameObjects } from "./same-objects";

test("what says the same is the same object, whatever was copied on the way", () => {
  const same = sameObjects();
  const first = same(structuredClone(reviewedReport.document));
  const copy = structuredClone(reviewedReport.document);
  const [changed, ...others] = copy.nodes;
  if (!changed) throw new Error("the sample has nodes");
  const second = same({ ...copy, nodes: [{ ...changed, title: "Other" }, ...others] });
  expect(second.wires).toBe(first.wires);
  expect(second.nodes.map((node, place) => node === first.nodes[place])).toEqual([false, ...others.map(() => true)]);
  expect(second.nodes[0]?.title).toBe("Other");
});
