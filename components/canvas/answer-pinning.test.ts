import { expect, test } from "vitest";
import { compile } from "@/flows/compile/compile";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { applyAll } from "@/flows/graph/deed";
import { emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import { pinEdits } from "../panels/inspector/pin-edits";
import { answerPinning } from "./answer-pinning";

const node = { id: "sub", kind: "subflow", title: "Sub-flow", settings: {} } as FlowNode;
const empty: FlowDocument = { ...emptyDocument, nodes: [node] };

function pinnedInto(document: FlowDocument, flow: FlowDocument, name: string): FlowDocument {
  const drawn = document.nodes.find(({ id }) => id === "sub");
  if (!drawn) throw new Error("there is no node to pin it in");
  const after = applyAll(document, pinEdits(document, drawn, { pinning: answerPinning(flow, sampleManifests), name }));
  if (!after.ok) throw new Error(JSON.stringify(after.error));
  return after.value;
}

test("any flow that is pinned is the flow of its digest, and has the signature that the node shows", () => {
  for (const { name, document } of samples) {
    const drawn = pinnedInto(empty, document, name);
    const compiled = compile(drawn, { kinds: catalog, manifests: sampleManifests });
    const codes = compiled.ok ? [] : compiled.error.map(({ code }) => code);
    expect([name, codes.filter((code) => code.startsWith("flow_"))]).toEqual([name, []]);
    expect(drawn.nodes[0]?.settings).toMatchObject({ name });
  }
});

test("what was pinned before goes when nothing else stands for it, and stays when something does", () => {
  const [first, second] = samples;
  if (!first || !second) throw new Error("there are two samples");
  const once = pinnedInto(empty, first.document, first.name);
  const twice = {
    ...once,
    nodes: [...once.nodes, { ...node, id: "other", settings: once.nodes[0]?.settings } as FlowNode],
  };
  expect(Object.keys(pinnedInto(once, second.document, second.name).flows ?? {})).toHaveLength(1);
  expect(Object.keys(pinnedInto(twice, second.document, second.name).flows ?? {})).toHaveLength(2);
});
