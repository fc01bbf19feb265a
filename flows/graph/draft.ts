import type { NodeId } from "../basics/ids";
import type { FlowDocument, FlowNode, Position, Wire } from "./graph";
import { LARGEST } from "./limits";
import { wireKey } from "./wire-key";

/**
 * A document that edits are made on, one after the other. Each takes the time of what it touches, however large the
 * drawing is, once what it asks for has been looked up. The document given is never changed; parts that no edit touched
 * come out as the same objects.
 */
export class Draft {
  #given: FlowDocument;
  #nodes: Map<NodeId, FlowNode> | null = null;
  #places: Map<string, Position> | null = null;
  #wires: Map<string, Wire> | null = null;
  /** Found from the maps above when they are first asked for, and kept up from then on. */
  #inside: Map<string, Set<NodeId>> | null = null;
  #wiresAt: Map<string, Set<string>> | null = null;
  #wiresInto: Map<string, number> | null = null;
  readonly #touched = new Set<"nodes" | "layout" | "wires">();

  constructor(document: FlowDocument) {
    this.#given = document;
  }

  /** What has come of it so far. The same object until the next edit. */
  document(): FlowDocument {
    const touched = this.#touched;
    if (touched.size === 0) return this.#given;
    this.#given = {
      ...this.#given,
      ...(touched.has("nodes") ? { nodes: [...this.nodes.values()] } : {}),
      ...(touched.has("wires") ? { wires: [...this.wires.values()] } : {}),
      ...(touched.has("layout") ? { layout: Object.fromEntries(this.#layout) } : {}),
    };
    touched.clear();
    return this.#given;
  }

  replace(document: FlowDocument): void {
    this.#given = document;
    this.#nodes = this.#places = this.#wires = null;
    this.#inside = this.#wiresAt = this.#wiresInto = null;
    this.#touched.clear();
  }

  get flows(): NonNullable<FlowDocument["flows"]> {
    return this.#given.flows ?? {};
  }

  /** Without pinned flows there is no field, so that pinning and unpinning leaves the document as it was. */
  setFlows(flows: NonNullable<FlowDocument["flows"]>): void {
    const { flows: _before, ...rest } = this.#given;
    this.#given = Object.keys(flows).length === 0 ? rest : { ...rest, flows };
  }

  get nodes(): ReadonlyMap<NodeId, FlowNode> {
    this.#nodes ??= new Map(this.#given.nodes.map((node) => [node.id, node]));
    return this.#nodes;
  }

  get wires(): ReadonlyMap<string, Wire> {
    this.#wires ??= new Map(this.#given.wires.map((wire) => [wireKey(wire), wire]));
    return this.#wires;
  }

  /** The nodes drawn right inside this one. */
  inside(node: string): ReadonlySet<NodeId> {
    if (!this.#inside) {
      this.#inside = new Map();
      for (const { id, parent } of this.nodes.values()) addTo(this.#inside, parent, id);
    }
    return this.#inside.get(node) ?? NONE;
  }

  isWired({ node, input }: Wire["to"]): boolean {
    if (!this.#wiresInto) {
      this.#wiresInto = new Map();
      for (const { to } of this.wires.values()) count(this.#wiresInto, inputKey(to), 1);
    }
    return (this.#wiresInto.get(inputKey({ node, input })) ?? 0) > 0;
  }

  get isFullOfNodes(): boolean {
    return this.nodes.size >= LARGEST.nodes;
  }

  get isFullOfWires(): boolean {
    return this.wires.size >= LARGEST.wires;
  }

  /** Adds a node, or puts it in the place of the one with its id. */
  putNode(node: FlowNode): void {
    const before = this.nodes.get(node.id);
    if (this.#inside && before?.parent !== node.parent) {
      if (before?.parent !== undefined) this.#inside.get(before.parent)?.delete(node.id);
      addTo(this.#inside, node.parent, node.id);
    }
    this.#nodes?.set(node.id, node);
    this.#touched.add("nodes");
  }

  place(node: string, position: Position): void {
    this.#layout.set(node, position);
    this.#touched.add("layout");
  }

  addWire(wire: Wire): void {
    const key = wireKey(wire);
    if (this.wires.has(key)) return;
    this.#wires?.set(key, wire);
    if (this.#wiresInto) count(this.#wiresInto, inputKey(wire.to), 1);
    if (this.#wiresAt) for (const end of [wire.from.node, wire.to.node]) addTo(this.#wiresAt, end, key);
    this.#touched.add("wires");
  }

  removeWire(key: string): void {
    const wire = this.wires.get(key);
    if (!wire) return;
    this.#wires?.delete(key);
    if (this.#wiresInto) count(this.#wiresInto, inputKey(wire.to), -1);
    for (const end of [wire.from.node, wire.to.node]) this.#wiresAt?.get(end)?.delete(key);
    this.#touched.add("wires");
  }

  /** With its place and its wires; what is drawn inside it is left to whoever calls. */
  removeNode(id: NodeId): void {
    for (const key of [...this.#wiresOf(id)]) this.removeWire(key);
    const parent = this.nodes.get(id)?.parent;
    if (parent !== undefined) this.#inside?.get(parent)?.delete(id);
    this.#nodes?.delete(id);
    this.#touched.add("nodes");
    if (this.#layout.delete(id)) this.#touched.add("layout");
  }

  get #layout(): Map<string, Position> {
    this.#places ??= new Map(Object.entries(this.#given.layout));
    return this.#places;
  }

  #wiresOf(node: string): ReadonlySet<string> {
    if (!this.#wiresAt) {
      this.#wiresAt = new Map();
      for (const [key, { from, to }] of this.wires) {
        addTo(this.#wiresAt, from.node, key);
        addTo(this.#wiresAt, to.node, key);
      }
    }
    return this.#wiresAt.get(node) ?? NO_KEYS;
  }
}

const NONE: ReadonlySet<NodeId> = new Set();
const NO_KEYS: ReadonlySet<string> = new Set();

const inputKey = ({ node, input }: Wire["to"]) => `${node}/${input}`;

function addTo<Item>(sets: Map<string, Set<Item>>, name: string | undefined, item: Item): void {
  if (name === undefined) return;
  const found = sets.get(name);
  if (found) found.add(item);
  else sets.set(name, new Set([item]));
}

function count(counts: Map<string, number>, name: string, by: 1 | -1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
