import type { NodeId } from "../basics/ids";
import { sameJson } from "../basics/same-json";
import type { Change } from "./change";
import { type DeedEdit, makeEdit } from "./deed";
import { Draft } from "./draft";
import type { FlowDocument, FlowNode, Position } from "./graph";
import { wireKey } from "./wire-key";

/**
 * The edits that bring a change about in a document that may have moved on, and the nodes where they would have taken
 * back what somebody else did since: there everything stays as it is. A place that a node did not have before cannot be
 * taken away from it again. [G9]
 */
export function editsFor(document: FlowDocument, change: Change): { edits: DeedEdit[]; stale: NodeId[] } {
  const stale = new Set<NodeId>();
  const edits: DeedEdit[] = [];
  const draft = new Draft(document);
  const passes = [dropWires, addNodes, moveParents, changeNodes, movePlaces, removeNodes, addWires, changeFlows];
  for (const pass of passes)
    for (const edit of pass({ now: draft.document(), change, stale })) {
      if (makeEdit(draft, edit) === null) edits.push(edit);
      else for (const node of nodesOf(edit)) stale.add(node);
    }
  return { edits, stale: [...stale] };
}

type Pass = { now: FlowDocument; change: Change; stale: Set<NodeId> };

function dropWires({ now, change }: Pass): DeedEdit[] {
  const there = new Set(now.wires.map(wireKey));
  const wires = change.wires.flatMap(({ id, was, is }) => (was && !is && there.has(id) ? [was] : []));
  return wires.length > 0 ? [{ edit: "remove_wires", wires }] : [];
}

/** Containers before what lies in them. */
function addNodes({ now, change, stale }: Pass): DeedEdit[] {
  const known = byId(now);
  const wanted = new Map(change.nodes.flatMap(({ id, was, is }) => (was === null && is ? [[id, is] as const] : [])));
  const places = new Map(change.places.map(({ id, is }) => [id, is]));
  const edits: DeedEdit[] = [];
  function add(id: NodeId, node: FlowNode) {
    wanted.delete(id);
    const there = known.get(id);
    if (there && !sameJson(there, node)) stale.add(id);
    if (there) return;
    const around = node.parent === undefined ? undefined : wanted.get(node.parent);
    if (around) add(around.id, around);
    edits.push({ edit: "add_node", node, position: places.get(id) ?? { x: 0, y: 0 } });
  }
  for (const [id, node] of wanted) if (wanted.has(id)) add(id, node);
  return edits;
}

function moveParents({ now, change, stale }: Pass): DeedEdit[] {
  const known = byId(now);
  const places = new Map(change.places.map((place) => [place.id, place]));
  const moved = change.nodes.flatMap(({ id, was, is }) => {
    if (!was || !is || was.parent === is.parent) return [];
    const parent = known.get(id)?.parent;
    if (parent !== was.parent && parent !== is.parent) stale.add(id);
    return parent === was.parent && known.has(id) ? [{ id, parent: is.parent ?? null, from: was.parent }] : [];
  });
  // Out first, then in: two containers can change places.
  const out = moved.filter(({ from }) => from !== undefined);
  return [
    ...(moved.length > 1 ? out : []).map(({ id }) => putInto(id, null, {})),
    ...moved.map(({ id, parent }) => {
      const to = placeFor(now.layout, places.get(id));
      return putInto(id, parent, to ? { [id]: to } : {});
    }),
  ];
}

function putInto(node: NodeId, parent: NodeId | null, to: Record<string, Position>): DeedEdit {
  return { edit: "set_parent", nodes: [node], parent, to };
}

function changeNodes({ now, change, stale }: Pass): DeedEdit[] {
  const known = byId(now);
  return change.nodes.flatMap(({ id, was, is }): DeedEdit[] => {
    if (!was || !is) return [];
    const node = known.get(id);
    if (node) return changeNode(node, { was, is, stale });
    stale.add(id);
    return [];
  });
}

type Between = { was: FlowNode; is: FlowNode; stale: Set<NodeId> };

function changeNode(node: FlowNode, { was, is, stale }: Between): DeedEdit[] {
  if (!sameJson(othersOf(was), othersOf(is))) {
    const whole = { ...is, parent: node.parent } as FlowNode;
    if (sameJson(node, whole)) return [];
    if (sameJson(node, { ...was, parent: node.parent })) return [{ edit: "put_node", node: is }];
    stale.add(node.id);
    return [];
  }
  const edits: DeedEdit[] = [];
  const turn = (parts: { found: unknown; was: unknown; is: unknown; edit: DeedEdit }) => {
    if (sameJson(parts.was, parts.is) || sameJson(parts.found, parts.is)) return;
    if (sameJson(parts.found, parts.was)) edits.push(parts.edit);
    else stale.add(node.id);
  };
  const { title } = is;
  turn({ found: node.title, was: was.title, is: title, edit: { edit: "rename_node", node: node.id, title } });
  for (const field of new Set([...Object.keys(was.settings), ...Object.keys(is.settings)])) {
    const value = own(is.settings, field);
    const edit: DeedEdit = { edit: "change_setting", node: node.id, field, value };
    turn({ found: own(node.settings, field), was: own(was.settings, field), is: value, edit });
  }
  return edits;
}

function movePlaces({ now, change, stale }: Pass): DeedEdit[] {
  const added = new Set(change.nodes.flatMap(({ id, was }) => (was === null ? [id] : [])));
  const to: Record<string, Position> = {};
  for (const place of change.places) {
    const { id, was, is } = place;
    const found = own(now.layout, id) ?? null;
    if (!is || added.has(id) || sameJson(found, is)) continue;
    if (sameJson(found, was)) to[id] = is;
    else stale.add(id);
  }
  return Object.keys(to).length > 0 ? [{ edit: "move_nodes", to }] : [];
}

/** A node goes only as it was left: with somebody else's settings, wires or nodes in it, it stays. */
function removeNodes({ now, change, stale }: Pass): DeedEdit[] {
  const known = byId(now);
  const going = new Set(
    change.nodes.flatMap(({ id, was, is }) => {
      const node = known.get(id);
      if (is !== null || !was || !node) return [];
      if (sameJson(node, was)) return [id];
      stale.add(id);
      return [];
    }),
  );
  const holds = (id: NodeId | undefined, other: NodeId) => {
    if (id === undefined || !going.has(id) || going.has(other)) return false;
    stale.add(id);
    return going.delete(id);
  };
  let held = true;
  while (held) {
    const byWire = now.wires.filter(({ from, to }) => holds(from.node, to.node) || holds(to.node, from.node));
    held = byWire.length + now.nodes.filter(({ id, parent }) => holds(parent, id)).length > 0;
  }
  return going.size > 0 ? [{ edit: "remove_nodes", nodes: [...going] }] : [];
}

function addWires({ now, change }: Pass): DeedEdit[] {
  const there = new Set(now.wires.map(wireKey));
  return change.wires.flatMap(({ id, was, is }) =>
    !was && is && !there.has(id) ? [{ edit: "add_wire", wire: is }] : [],
  );
}

function changeFlows({ now, change }: Pass): DeedEdit[] {
  return change.flows.flatMap(({ id, was, is }): DeedEdit[] => {
    const found = own(now.flows ?? {}, id) ?? null;
    if (!sameJson(found, was)) return [];
    return [is ? { edit: "pin_flow", flow: id, pinned: is } : { edit: "unpin_flow", flow: id }];
  });
}

function placeFor(layout: FlowDocument["layout"], place: Change["places"][number] | undefined): Position | null {
  return place?.is && sameJson(own(layout, place.id) ?? null, place.was) ? place.is : null;
}

function nodesOf(edit: DeedEdit): readonly NodeId[] {
  if (edit.edit === "add_wire") return [edit.wire.from.node, edit.wire.to.node];
  if (edit.edit === "add_node") return [edit.node.id];
  return "nodes" in edit ? edit.nodes : [];
}

function othersOf({ title: _title, settings: _settings, parent: _parent, ...others }: FlowNode) {
  return others;
}

const byId = ({ nodes }: FlowDocument) => new Map(nodes.map((node) => [node.id, node]));
const own = <Part>(parts: Readonly<Record<string, Part>>, name: string): Part | undefined =>
  Object.hasOwn(parts, name) ? parts[name] : undefined;
