import type { NodeId } from "../basics/ids";
import type { FlowNode } from "../graph/graph";
import type { CompileError } from "./compile-error";
import { kindOf, type Registry } from "./lower";

/** The body of the flow itself, which no node contains. */
export const TOP = null;
export type Container = NodeId | typeof TOP;

/** Which container each node is drawn in, groups left out, and what each container holds. */
export type Scopes = {
  nodes: readonly FlowNode[];
  containerOf: ReadonlyMap<NodeId, Container>;
  members: ReadonlyMap<Container, readonly NodeId[]>;
  faults: readonly CompileError[];
};

/** Finds the bodies of a drawing. Notes and groups are for people: they are left out, and what is in a group is around it. */
export function findScopes(drawn: readonly FlowNode[], kinds: Registry["kinds"]): Scopes {
  const byId = new Map(drawn.map((node) => [node.id, node]));
  const roleOf = new Map(drawn.map((node) => [node.id, kindOf(node, kinds)?.role]));
  const nodes = drawn.filter(({ id }) => roleOf.get(id) !== "drawing");
  const containerOf = new Map<NodeId, Container>();
  const members = new Map<Container, NodeId[]>([[TOP, []]]);
  const faults: CompileError[] = [];
  for (const node of byId.values()) {
    if (roleOf.get(node.id) === "drawing") continue;
    const found = containerAround(node, { byId, roleOf });
    if (!found.sound) faults.push({ code: "parent_invalid", node: node.id, parent: node.parent ?? node.id });
    containerOf.set(node.id, found.container);
    const held = members.get(found.container);
    if (held) held.push(node.id);
    else members.set(found.container, [node.id]);
  }
  return { nodes, containerOf, members, faults };
}

type Drawn = { byId: ReadonlyMap<NodeId, FlowNode>; roleOf: ReadonlyMap<NodeId, "container" | "drawing" | undefined> };

/** The nearest container around a node. A circle of parents, or one that holds nothing, leaves the node where it is. */
function containerAround(node: FlowNode, { byId, roleOf }: Drawn): { container: Container; sound: boolean } {
  const seen = new Set<NodeId>([node.id]);
  for (let parent = node.parent; parent !== undefined; parent = byId.get(parent)?.parent) {
    if (seen.has(parent) || !byId.has(parent)) return { container: TOP, sound: false };
    seen.add(parent);
    const role = roleOf.get(parent);
    if (role === "container") return { container: parent, sound: true };
    if (role !== "drawing") return { container: TOP, sound: false };
  }
  return { container: TOP, sound: true };
}

/** The containers around a node, from its own outwards, the flow itself last. */
export function around({ containerOf }: Pick<Scopes, "containerOf">, node: NodeId): Container[] {
  const chain: Container[] = [];
  for (let container = containerOf.get(node) ?? TOP; ; container = containerOf.get(container) ?? TOP) {
    chain.push(container);
    if (container === TOP || chain.length > containerOf.size) return chain;
  }
}
