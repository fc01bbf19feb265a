import type { Json } from "../basics/json";
import { FlowDocument, type PinnedFlow } from "../graph/graph";
import { catalog } from "../nodes/catalog";
import { compile } from "./compile";
import { randomAgents } from "./random-pieces.contract";

export type Node = { id: string; kind: string; parent?: string; [setting: string]: Json | undefined };
export const registry = { kinds: catalog, manifests: randomAgents };
export const FORM = {
  type: "object",
  properties: { text: { type: "string" }, items: { type: "array" }, n: { type: "integer" } },
};
export const start: Node = { id: "in", kind: "input", schema: FORM };
export const agent = (id: string, parent?: string, name = "acme/cheap"): Node => ({
  ...{ id, kind: "agent", agent: `${name}@1.0.0` },
  ...(parent ? { parent } : {}),
});

type Pinned = Record<string, PinnedFlow>;

export function flow(nodes: readonly Node[], wires: readonly string[], flows: Pinned = {}): FlowDocument {
  return FlowDocument.parse({
    version: 2,
    nodes: nodes.map(({ id, kind, parent, ...settings }) => ({
      id,
      kind,
      title: id,
      settings,
      ...(parent ? { parent } : {}),
    })),
    wires: wires.map((text) => {
      const [from = [], to = []] = text.split(" > ").map((end) => end.split("."));
      return { from: { node: from[0], output: from[1] }, to: { node: to[0], input: to[1] } };
    }),
    layout: {},
    flows,
  });
}

export function planned(nodes: readonly Node[], ...wires: string[]) {
  const compiled = compile(flow([start, ...nodes], wires), registry);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.plan;
}

export function faults(nodes: readonly Node[], ...wires: string[]) {
  const compiled = compile(flow([start, ...nodes], wires), registry);
  return compiled.ok ? [] : compiled.error;
}
