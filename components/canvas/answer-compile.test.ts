import { expect, test } from "vitest";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { applyEdit, emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { answerCompile } from "./answer-compile";
import { agentForStarters, drawStarter, STARTERS } from "./starters";

test.each(samples)("$id: the screen learns the bound, the people and every port", ({ document }) => {
  const { ports, result } = answerCompile(document, sampleManifests);
  expect(result.ok && result.plan.bound.length).toBe(1);
  expect(Object.keys(ports).sort()).toEqual(document.nodes.map(({ id }) => id).sort());
});

test("a fault names its node and its field, in words", () => {
  const [sample] = samples;
  const broken: FlowDocument = {
    ...(sample?.document ?? emptyDocument),
    nodes: (sample?.document.nodes ?? []).map((node) =>
      node.id === "review" ? { ...node, settings: { ...node.settings, question: "" } } : node,
    ),
  };
  const { ports, result } = answerCompile(broken, sampleManifests);
  expect(result).toMatchObject({
    ok: false,
    problems: [{ code: "settings_invalid", nodes: ["review"], field: "question" }],
  });
  expect(ports).not.toHaveProperty("review");
});

test.each(STARTERS)("a canvas begun with $id compiles at once", (starter) => {
  const agent = agentForStarters([...sampleManifests.values()]);
  if (!agent) throw new Error("the samples have an agent for starters");
  const document = drawStarter(emptyDocument, starter, agent).reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, emptyDocument);
  expect(answerCompile(document, sampleManifests).result).toMatchObject({ ok: true });
});
