import { expect, test } from "vitest";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { emptyDocument } from "@/flows/graph/edit";
import { Wire } from "@/flows/graph/graph";
import { answerCompile } from "../canvas/answer-compile";
import { judgeConnection } from "./judge-connection";

const document = samples[0]?.document ?? emptyDocument;
const { ports } = answerCompile(document, sampleManifests);
const judge = (from: string, to: string) => {
  const [source, target] = [from.split("."), to.split(".")];
  const wire = { from: { node: source[0], output: source[1] }, to: { node: target[0], input: target[1] } };
  return judgeConnection({ document, ports }, Wire.parse(wire));
};

test("a wire that cannot be is refused with its reason", () => {
  expect(judge("analyse.report", "review.subject")).toMatch(/connected already/);
  expect(judge("sales.csv", "review.subject")).toMatch(/Review already has a wire at subject/);
  expect(judge("analyse.report", "analyse.groupBy")).toMatch(/cannot feed itself/);
  expect(judge("analyse.outliers", "summarise.focus")).toBe("outliers brings a list; focus takes a text.");
  expect(judge("summarise.summary", "analyse.groupBy")).toMatch(/would be a circle/);
});

test("a wire that can be is not refused", () => {
  expect(judge("analyse.report", "summarise.focus")).toBeNull();
  expect(judge("review.denied", "summarise.focus")).toBeNull();
});
