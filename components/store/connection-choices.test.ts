import { expect, test } from "vitest";
import { benchAgents, largeFlow } from "@/flows/examples/large-flow";
import { wireKey } from "@/flows/graph/wire-key";
import { answerCompile } from "../canvas/answer-compile";
import { sourcesOf, targetsOf } from "./connection-choices";
import { inputsOf, judgeConnection, outputsOf } from "./judge-connection";

const document = largeFlow(60);
const { ports } = answerCompile(document, benchAgents);

test("what is said of every output for an input is what judging that wire alone says", () => {
  for (const { id } of document.nodes)
    for (const { name } of inputsOf(ports, id)) {
      const to = { node: id, input: name };
      const wires = document.wires.filter((wire) => wire.to.node !== id || wire.to.input !== name);
      for (const { wire, why, present } of sourcesOf({ document, ports }, to)) {
        const free = judgeConnection({ document: { ...document, wires }, ports }, wire);
        expect([wireKey(wire), why]).toEqual([wireKey(wire), present ? null : free]);
      }
    }
});

test("what is said of every input for an output is what judging that wire alone says", () => {
  for (const { id } of document.nodes)
    for (const { name } of outputsOf(ports, id))
      for (const { wire, why } of targetsOf({ document, ports }, { node: id, output: name }))
        expect([wireKey(wire), why]).toEqual([wireKey(wire), judgeConnection({ document, ports }, wire)]);
});

test("all choices of an input of a thousand nodes are there at once", () => {
  const large = largeFlow(1_000);
  const scene = { document: large, ports: answerCompile(large, benchAgents).ports };
  const first = large.nodes.find(({ kind }) => kind === "agent");
  const choices = sourcesOf(scene, { node: first?.id ?? large.nodes[0]?.id ?? ("" as never), input: "tone" });
  expect(choices.length).toBeGreaterThan(900); // judged one by one, the test would come to its time limit
});
