import type { NodeId } from "@/flows/basics/ids";
import { type Change, changeBetween } from "@/flows/graph/change";
import type { FlowDocument } from "@/flows/graph/graph";

export type Mark = "added" | "removed" | "changed";

/** What is marked in a picture of one side: nodes by id and wires by their key. */
export type Marks = { nodes: ReadonlyMap<string, Mark>; wires: ReadonlyMap<string, Mark> };

export type DrawingChanges = { change: Change; before: Marks; after: Marks; words: string[] };

/** How two drawings differ, for pictures of both and in words. Places alone are no mark: nothing that runs depends on them. */
export function drawingChanges(before: FlowDocument, after: FlowDocument): DrawingChanges {
  const change = changeBetween(before, after);
  return {
    change,
    before: marksOf(change, "was"),
    after: marksOf(change, "is"),
    words: wordsOf(change, { before, after }),
  };
}

/** Only what stands on a side can be marked there. */
function marksOf({ nodes, wires }: Change, side: "was" | "is"): Marks {
  const mark = ({ was, is }: { was: unknown; is: unknown }): Mark => {
    if (was && is) return "changed";
    return side === "was" ? "removed" : "added";
  };
  const marks = (parts: readonly { id: string; was: unknown; is: unknown }[]) =>
    new Map(parts.flatMap((part) => (part[side] ? [[part.id, mark(part)] as const] : [])));
  return { nodes: marks(nodes), wires: marks(wires) };
}

function wordsOf({ nodes, wires, places }: Change, sides: { before: FlowDocument; after: FlowDocument }): string[] {
  const titles = new Map<NodeId, string>();
  for (const { id, title } of [...sides.before.nodes, ...sides.after.nodes]) titles.set(id, title);
  const wire = (id: NodeId) => titles.get(id) ?? id;
  const known = new Set(nodes.flatMap(({ id, was, is }) => (was && is ? [] : [id])));
  const moved = places.filter(({ id }) => !known.has(id)).length;
  return [
    ...nodes.map(({ id, was, is }) => {
      if (!was) return `${is?.title ?? id} is new`;
      if (!is) return `${was.title} is gone`;
      return was.title === is.title ? `${is.title} is set in another way` : `${was.title} is now called ${is.title}`;
    }),
    ...wires.map(({ was, is }) => {
      const end = is ?? was;
      if (!end) return "";
      const ends = `${wire(end.from.node)} to ${wire(end.to.node)}`;
      return is ? `${ends} is connected` : `${ends} is not connected any more`;
    }),
    ...(moved > 0 ? [moved === 1 ? "1 node was moved" : `${moved} nodes were moved`] : []),
  ];
}
