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

/** Bodies lie at most this deep in one another. */
const DEEPEST = 32;

/** Finds the bodies of a drawing. Notes and groups are for people: they are left out, and what is in a group is around it. */
export function findScopes(drawn: readonly FlowNode[], kinds: Registry["kinds"]): Scopes {
  const byId = new Map(drawn.map((node) => [node.id, node]));
  const roleOf = new Map(drawn.map((node) => [node.id, kindOf(node, kinds)?.role]));
  const nodes = drawn.filter(({ id }) => roleOf.get(id) !== "drawing");
  const places = placesOf({ byId, roleOf });
  const containerOf = new Map<NodeId, Container>();
  const members = new Map<Container, NodeId[]>([[TOP, []]]);
  const faults: CompileError[] = [];
  for (const node of byId.values()) {
    if (roleOf.get(node.id) === "drawing") continue;
    const { container, depth, sound } = places.get(node.id) ?? LOOSE;
    if (!sound) faults.push({ code: "parent_invalid", node: node.id, parent: node.parent ?? node.id });
    if (depth > DEEPEST) faults.push({ code: "nested_too_deep", node: node.id, most: DEEPEST });
    const body = depth > DEEPEST ? TOP : container;
    containerOf.set(node.id, body);
    const held = members.get(body);
    if (held) held.push(node.id);
    else members.set(body, [node.id]);
  }
  return { nodes, containerOf, members, faults };
}

type Drawn = { byId: ReadonlyMap<NodeId, FlowNode>; roleOf: ReadonlyMap<NodeId, "container" | "drawing" | undefined> };

/** The container around a node and how many there are. A circle of parents, or one that holds nothing, is not sound. */
type Place = { container: Container; depth: number; sound: boolean };
const HERE: Place = { container: TOP, depth: 0, sound: true };
const LOOSE: Place = { container: TOP, depth: 0, sound: false };

/** Follows every chain of parents once, however long they are. */
function placesOf({ byId, roleOf }: Drawn): ReadonlyMap<NodeId, Place> {
  const places = new Map<NodeId, Place>();
  for (const start of byId.keys()) {
    const chain: NodeId[] = [];
    const passed = new Set<NodeId>();
    let at: NodeId | undefined = start;
    for (; at !== undefined && byId.has(at) && !places.has(at) && !passed.has(at); at = byId.get(at)?.parent) {
      chain.push(at);
      passed.add(at);
    }
    // A chain that comes back to itself: from there on it is a circle.
    const circle = at !== undefined && passed.has(at) ? chain.splice(chain.indexOf(at)) : [];
    for (const id of circle) places.set(id, LOOSE);
    for (const id of chain.reverse()) places.set(id, placeIn(byId.get(id)?.parent, { roleOf, places }));
  }
  return places;
}

type Placing = Pick<Drawn, "roleOf"> & { places: ReadonlyMap<NodeId, Place> };

function placeIn(parent: NodeId | undefined, { roleOf, places }: Placing): Place {
  if (parent === undefined) return HERE;
  const around = places.get(parent);
  const role = roleOf.get(parent);
  if (!around || role === undefined) return LOOSE;
  if (role === "drawing") return around;
  // Even where the container itself is misplaced, what is in it stays in it: one fault, not one for each.
  return { container: parent, depth: around.depth + 1, sound: true };
}

/** The containers around a node, from its own outwards, the flow itself last. */
export function around({ containerOf }: Pick<Scopes, "containerOf">, node: NodeId): Container[] {
  const chain: Container[] = [];
  for (let container = containerOf.get(node) ?? TOP; ; container = containerOf.get(container) ?? TOP) {
    chain.push(container);
    if (container === TOP || chain.length > containerOf.size) return chain;
  }
}
