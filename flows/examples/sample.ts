import type { Json } from "../basics/json";
import { FlowDocument, type PinnedFlow } from "../graph/graph";
import { VERSION } from "../graph/migrate";

/** A flow that every new account is given. `input` is what its fields hold when nobody has changed them. */
export type Sample = { id: string; name: string; about: string; document: FlowDocument };

/** `in` is the container that it is drawn in; `at` is then counted from there. */
type Drawn = {
  id: string;
  kind: string;
  title: string;
  settings: Record<string, Json>;
  at: readonly [number, number];
  in?: string;
};

/** Writes a sample down the short way: wires as "node.output > node.input". `flows` are pinned, under their digests. */
export function sample(
  words: Pick<Sample, "id" | "name" | "about">,
  drawn: { nodes: readonly Drawn[]; wires: readonly string[]; flows?: Readonly<Record<string, PinnedFlow>> },
): Sample {
  const document = FlowDocument.parse({
    version: VERSION,
    nodes: drawn.nodes.map(({ at: _at, in: parent, ...node }) => ({ ...node, ...(parent ? { parent } : {}) })),
    wires: drawn.wires.map(wireOf),
    layout: Object.fromEntries(drawn.nodes.map(({ id, at: [x, y] }) => [id, { x, y }])),
    ...(drawn.flows ? { flows: drawn.flows } : {}),
  });
  return { ...words, document };
}

/** What the fields of a flow's input node hold when nobody has changed them. */
export function defaultsOf({ nodes }: Pick<FlowDocument, "nodes">): Record<string, Json> {
  const schema = nodes.find(({ kind }) => kind === "input")?.settings.schema;
  const properties = Object.entries((schema as { properties?: Record<string, { default?: Json }> })?.properties ?? {});
  return Object.fromEntries(
    properties.flatMap(([name, property]) => ("default" in property ? [[name, property.default as Json]] : [])),
  );
}

function wireOf(text: string) {
  const [from, to] = text.split(" > ").map((end) => end.split("."));
  return { from: { node: from?.[0], output: from?.[1] }, to: { node: to?.[0], input: to?.[1] } };
}
