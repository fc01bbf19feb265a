import { Graph, layout } from "@dagrejs/dagre";
import type { Position } from "@/flows/graph/graph";
import type { Level } from "./editing-message";

const BETWEEN_RANKS = 96;
const BETWEEN_NODES = 40;

/**
 * Puts boxes into columns along what leads from one to another. In a column what lay above stays above, so that people
 * find again what they drew; the upper left corner of all of them stays where it was.
 */
export function layOut({ boxes, links }: Level): Readonly<Record<string, Position>> {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ranksep: BETWEEN_RANKS, nodesep: BETWEEN_NODES, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  const ordered = [...boxes].sort((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1));
  for (const { id, width, height } of ordered) graph.setNode(id, { width, height });
  for (const { from, to } of links) graph.setEdge(from, to);
  const tops = new Map(ordered.map(({ id, y }) => [id, y]));
  layout(graph, { customOrder: (ranked) => asTheyStand(ranked as Ranked, tops) });
  const placed = ordered.map(({ id, width, height }) => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  const by = {
    x: Math.min(...boxes.map(({ x }) => x)) - Math.min(...placed.map(({ x }) => x)),
    y: Math.min(...boxes.map(({ y }) => y)) - Math.min(...placed.map(({ y }) => y)),
  };
  return Object.fromEntries(
    placed.map(({ id, x, y }) => [id, { x: Math.round(x + by.x), y: Math.round(y + by.y) }] as const),
  );
}

/** The library's graph at the moment when it orders columns. Long links run over dummies, one in each column that they cross. */
type Ranked = {
  nodes(): string[];
  node(id: string): { rank: number; order: number; edgeObj?: { v: string; w: string } };
};

function asTheyStand(graph: Ranked, tops: ReadonlyMap<string, number>) {
  const columns = new Map<number, { id: string; top: number }[]>();
  const top = (id: string) => tops.get(id) ?? 0;
  for (const id of graph.nodes()) {
    const { rank, edgeObj } = graph.node(id);
    if (rank === undefined) continue;
    const column = columns.get(rank) ?? [];
    column.push({ id, top: tops.get(id) ?? (edgeObj ? between(graph, edgeObj, { rank, top }) : 0) });
    columns.set(rank, column);
  }
  for (const column of columns.values()) {
    column.sort((a, b) => a.top - b.top || (a.id < b.id ? -1 : 1));
    for (const [order, { id }] of column.entries()) graph.node(id).order = order;
  }
}

function between(
  graph: Ranked,
  { v, w }: { v: string; w: string },
  { rank, top }: { rank: number; top(id: string): number },
): number {
  const [start, end] = [graph.node(v).rank, graph.node(w).rank];
  const part = start === end ? 0.5 : (rank - start) / (end - start);
  return top(v) + (top(w) - top(v)) * part;
}
