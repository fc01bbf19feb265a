import { expect, test } from "vitest";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { answerCompile } from "../canvas/answer-compile";
import { endsOf, portJudge, whyNot, withoutWire } from "./judge-ports";

test.each(samples)("in $name the judge of many ports says what the judge of one wire says", ({ document }) => {
  const scene = { document, ports: answerCompile(document, sampleManifests).ports };
  const ends = document.nodes.flatMap(({ id }) => [...endsOf(scene, id, true), ...endsOf(scene, id, false)]);
  const verdicts = ends.flatMap((from) => {
    const fits = portJudge(scene, from);
    return ends
      .filter((other) => other !== from)
      .map((other) => ({ from, other, one: whyNot(scene, from, other) === null, many: fits(other) }));
  });
  expect(verdicts.length).toBeGreaterThan(10);
  expect(verdicts.filter(({ one, many }) => one !== many)).toEqual([]);
});

test("while a wire is reconnected its own input is free", () => {
  const [sample] = samples;
  if (!sample) throw new Error("no sample");
  const { document } = sample;
  const [wire] = document.wires;
  if (!wire) throw new Error("no wire");
  const scene = { document, ports: answerCompile(document, sampleManifests).ports };
  const from = { node: wire.from.node, port: wire.from.output, gives: true };
  const into = { node: wire.to.node, port: wire.to.input, gives: false };
  expect(portJudge(scene, from)(into)).toBe(false);
  expect(portJudge(withoutWire(scene, wire), from)(into)).toBe(true);
});
