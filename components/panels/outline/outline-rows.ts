import { inFlowOrder } from "@/components/nodes/flow-order";
import type { NodePorts } from "@/components/store/compile-slice";
import { inputsOf, outputsOf } from "@/components/store/judge-connection";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import type { Port } from "@/flows/types/port-type";

/** One line of the outline: a node, or one of its inputs with what feeds it. */
export type OutlineRow = { id: string; node: FlowNode; level: number; open: boolean | null } & (
  | { input: null }
  | { input: Port; from: string | null }
);

export type Drawn = { document: FlowDocument; ports: NodePorts; closed: ReadonlySet<string> };

/** The flow as a tree: under each node its inputs, then what is drawn in it. Lines of closed nodes are left out. */
export function outlineRows({ document, ports, closed }: Drawn): OutlineRow[] {
  const byId = new Map<string, FlowNode>(document.nodes.map((node) => [node.id, node]));
  const feeds = new Map(document.wires.map(({ from, to }) => [`${to.node}/${to.input}`, from]));
  const holders = new Set(document.nodes.map(({ parent }) => parent as string | undefined));
  const levels = new Map<string, number>();
  const hidden = new Set<string>();

  function sourceOf(node: string, input: string): string | null {
    const from = feeds.get(`${node}/${input}`);
    if (!from) return null;
    const port = outputsOf(ports, from.node).find(({ name }) => name === from.output);
    return `${byId.get(from.node)?.title ?? from.node} · ${port?.title ?? from.output}`;
  }

  return inFlowOrder(document).flatMap((node): OutlineRow[] => {
    const parent = node.parent && byId.has(node.parent) ? node.parent : undefined;
    const level = parent ? (levels.get(parent) ?? 0) + 1 : 1;
    levels.set(node.id, level);
    if (parent && (hidden.has(parent) || closed.has(parent))) {
      hidden.add(node.id);
      return [];
    }
    const inputs = inputsOf(ports, node.id);
    const foldable = inputs.length > 0 || holders.has(node.id);
    const own: OutlineRow = { id: node.id, node, level, open: foldable ? !closed.has(node.id) : null, input: null };
    if (closed.has(node.id)) return [own];
    const below = inputs.map((input) => {
      const id = `${node.id}/${input.name}`;
      return { id, node, level: level + 1, open: null, input, from: sourceOf(node.id, input.name) };
    });
    return [own, ...below];
  });
}

/** Whether a key opens or closes a line that has lines below it; null when it does neither. */
export function foldIn({ rows, at, key }: Wanted): boolean | null {
  const open = rows[at]?.open;
  if (key === "ArrowLeft" && open === true) return false;
  return key === "ArrowRight" && open === false ? true : null;
}

type Wanted = { rows: readonly OutlineRow[]; at: number; key: string };

/** Where a key leads to, as the ARIA practice for trees says; null when the key is none of the tree's. */
export function moveIn({ rows, at, key }: Wanted): number | null {
  const here = rows[at];
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, rows.length - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return rows.length - 1;
    case "ArrowLeft":
      return here ? rows.slice(0, at).findLastIndex(({ level }) => level < here.level) : null;
    case "ArrowRight":
      return at + 1 < rows.length && (rows[at + 1]?.level ?? 0) > (here?.level ?? 0) ? at + 1 : at;
    default:
      return /^[\p{L}\p{N}]$/u.test(key) ? typedAhead(rows, at, key) : null;
  }
}

function typedAhead(rows: readonly OutlineRow[], at: number, letter: string): number {
  const turned = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  const place = turned.findIndex(
    ({ node, input }) => input === null && node.title.toLowerCase().startsWith(letter.toLowerCase()),
  );
  return place < 0 ? at : (at + 1 + place) % rows.length;
}
