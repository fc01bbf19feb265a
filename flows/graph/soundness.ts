import { type DocumentFault, documentFault, MOST_FAULTS, pointerStep, quoted } from "./document-fault";
import type { FlowDocument, FlowNode, PinnedFlow } from "./graph";
import { wireKey } from "./wire-key";

/** What the parts of a document say of one another that cannot be so, in a document and in the flows that it pins. [G1] */
export function unsoundParts(document: FlowDocument): readonly DocumentFault[] {
  const pinned = Object.entries(document.flows ?? {});
  const known = new Set<string>(document.nodes.map(({ id }) => id));
  const places = Object.keys(document.layout).filter((id) => !known.has(id));
  return [
    ...unsoundGraph(document, ""),
    ...places.slice(0, MOST_FAULTS).map(lostPlace),
    ...pinned.flatMap(([digest, flow]) => unsoundGraph(flow, `/flows${pointerStep(digest)}`)),
  ].slice(0, MOST_FAULTS);
}

function lostPlace(id: string): DocumentFault {
  return documentFault("place_unknown", `/layout${pointerStep(id)}`, `There is no node ${quoted(id)} to be placed.`);
}

function unsoundGraph({ nodes, wires }: PinnedFlow, at: string): DocumentFault[] {
  const known = new Set<string>(nodes.map(({ id }) => id));
  const lost = wires.flatMap(({ from, to }, index) => [
    ...(known.has(from.node) ? [] : [{ index, end: "from", node: from.node }]),
    ...(known.has(to.node) ? [] : [{ index, end: "to", node: to.node }]),
  ]);
  return [
    ...repeated(nodes, ({ id }) => id).map(([index, id]) =>
      documentFault("node_repeated", `${at}/nodes/${index}/id`, `Two nodes have the id ${quoted(id)}.`),
    ),
    ...repeated(wires, wireKey).map(([index]) =>
      documentFault("wire_repeated", `${at}/wires/${index}`, "This wire is there twice."),
    ),
    ...lost
      .slice(0, MOST_FAULTS)
      .map(({ index, end, node }) =>
        documentFault("wire_to_unknown", `${at}/wires/${index}/${end}/node`, `There is no node ${quoted(node)}.`),
      ),
    ...unsoundParents(nodes, at),
  ];
}

/** The parts whose name an earlier one has, by their index. */
function repeated<T>(parts: readonly T[], nameOf: (part: T) => string): (readonly [number, string])[] {
  const seen = new Set<string>();
  const found: (readonly [number, string])[] = [];
  for (const [index, part] of parts.entries()) {
    const name = nameOf(part);
    if (seen.has(name) && found.length < MOST_FAULTS) found.push([index, name]);
    seen.add(name);
  }
  return found;
}

function unsoundParents(nodes: readonly FlowNode[], at: string): DocumentFault[] {
  const parents = new Map<string, string | undefined>(nodes.map(({ id, parent }) => [id, parent]));
  const circles = new Set(circlesOf(parents));
  return nodes
    .flatMap(({ id, parent }, index) => {
      const place = `${at}/nodes/${index}/parent`;
      if (parent !== undefined && !parents.has(parent))
        return [documentFault("parent_unknown", place, `There is no node ${quoted(parent)} to lie in.`)];
      return circles.has(id)
        ? [documentFault("parent_cycle", place, `The node ${quoted(id)} lies inside itself.`)]
        : [];
    })
    .slice(0, MOST_FAULTS);
}

/** One node of each circle of parents. Every node is passed at most twice, whatever the chains. */
function circlesOf(parents: ReadonlyMap<string, string | undefined>): string[] {
  const passedBy = new Map<string, string>();
  const found: string[] = [];
  for (const start of parents.keys()) {
    let at: string | undefined = start;
    while (at !== undefined && !passedBy.has(at)) {
      passedBy.set(at, start);
      at = parents.get(at);
    }
    if (at !== undefined && passedBy.get(at) === start) found.push(at);
  }
  return found;
}
