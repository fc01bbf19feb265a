"use client";

import type { Connection, EdgeChange, NodeChange, OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, Position, Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import type { CanvasNode } from "../nodes/canvas-node";
import { absoluteOf, frameAt } from "../nodes/frames";
import { HEIGHT, WIDTH } from "../nodes/geometry";
import { holdsNodes } from "../nodes/kind-looks";
import type { CanvasWire } from "../nodes/wire-view";
import { titleOf } from "../store/edit-words";
import { judgeConnection } from "../store/judge-connection";
import { type PortEnd, whyNot, wireBetween, withoutWire } from "../store/judge-ports";
import { useStudio } from "../store/studio-store";
import { aids } from "./editing/aids";
import { endOf } from "./editing/light-ports";

/** Turns what React Flow reports into edits and selections. Between the ends of a drag nothing is edited. */
export function useGestures() {
  const [dragged, setDragged] = useState<Readonly<Record<string, Position>>>({});

  function onNodesChange(changes: NodeChange<CanvasNode>[]) {
    const moved = changes.flatMap((change) =>
      change.type === "position" && change.position ? [{ ...change, at: rounded(change.position) }] : [],
    );
    const still = moved.filter(({ dragging }) => dragging);
    if (still.length > 0) {
      const to = Object.fromEntries(still.map(({ id, at }) => [id, at]));
      setDragged(aids.current?.dragged(to) ?? to);
    }
    const dropped = moved.filter(({ dragging }) => !dragging);
    if (dropped.length > 0) {
      const to = Object.fromEntries(dropped.map(({ id, at }) => [id, at]));
      setDragged({});
      drop(to);
    }
    const selected = changes.filter((change) => change.type === "select");
    if (selected.length > 0) reselect("nodes", selected);
  }

  function onEdgesChange(changes: EdgeChange<CanvasWire>[]) {
    const selected = changes.filter((change) => change.type === "select");
    if (selected.length > 0) reselect("wires", selected);
  }

  return {
    dragged,
    handlers: {
      onNodesChange,
      onEdgesChange,
      onConnect,
      onConnectStart,
      onConnectEnd,
      onClickConnectStart: onConnectStart,
      onClickConnectEnd,
      onReconnect,
      onReconnectStart,
      onReconnectEnd,
      edgesReconnectable: false,
      isValidConnection,
      onNodeDragStart,
      onSelectionDragStart,
    },
  };
}

function onNodeDragStart(_: unknown, _node: CanvasNode, nodes: readonly CanvasNode[]) {
  onSelectionDragStart(_, nodes);
}

function onSelectionDragStart(_: unknown, nodes: readonly CanvasNode[]) {
  useStudio.getState().seal();
  aids.current?.dragBegan(nodes.map(({ id }) => id as NodeId));
}

/** Nodes that were let go over another container are drawn in that one from now on; the others have just moved. */
function drop(raw: Readonly<Record<string, Position>>): void {
  const { document, ports, folded, edit } = useStudio.getState();
  const to = aids.current?.dragged(raw) ?? raw;
  const more = aids.current?.dropped(to);
  if (more) return void edit(more.edits, { name: more.name });
  const moved = { ...document, layout: { ...document.layout, ...to } };
  const ids = new Set(Object.keys(to));
  const [first] = document.nodes.filter(({ id, parent }) => ids.has(id) && !(parent && ids.has(parent)));
  const at = first ? absoluteOf(moved, first.id) : { x: 0, y: 0 };
  const over = first
    ? frameAt({ document: moved, ports, folded }, { x: at.x + WIDTH / 2, y: at.y + HEIGHT / 2 }, ids)
    : null;
  const parent = first && frameOf(document, first.parent) ? first.parent : null;
  if (!first || over === (parent ?? null)) {
    edit({ edit: "move_nodes", to }, { merge: `move ${Object.keys(to).join()}` });
    return;
  }
  const base = over ? absoluteOf(moved, over) : { x: 0, y: 0 };
  const nodes = document.nodes
    .filter(({ id, parent }) => ids.has(id) && !(parent && ids.has(parent)))
    .map(({ id }) => id);
  const places = nodes.map((id) => {
    const { x, y } = absoluteOf(moved, id);
    return [id, { x: x - base.x, y: y - base.y }] as const;
  });
  edit({ edit: "set_parent", nodes, parent: over, to: Object.fromEntries(places) });
}

function frameOf({ nodes }: FlowDocument, parent: string | undefined): boolean {
  return nodes.some(({ id, kind }) => id === parent && holdsNodes(kind));
}

const rounded = ({ x, y }: Position): Position => ({ x: Math.round(x), y: Math.round(y) });

type Chosen = readonly { id: string; selected: boolean }[];

function reselect(what: "nodes" | "wires", changes: Chosen) {
  const { selection, select, seal } = useStudio.getState();
  const chosen = new Set<string>(selection[what]);
  for (const { id, selected } of changes) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  seal();
  select({ ...selection, [what]: [...chosen] });
}

function wireOf({ source, sourceHandle, target, targetHandle }: Connection | CanvasWire): Wire {
  return {
    from: { node: source as NodeId, output: sourceHandle ?? "" },
    to: { node: target as NodeId, input: targetHandle ?? "" },
  };
}

/** The wire whose end is being dragged to another port. */
let reconnecting: Wire | null = null;

const scene = () => withoutWire(useStudio.getState(), reconnecting);

function isValidConnection(connection: Connection | CanvasWire): boolean {
  return judgeConnection(scene(), wireOf(connection)) === null;
}

function onConnect(connection: Connection) {
  useStudio.getState().edit({ edit: "add_wire", wire: wireOf(connection) });
}

const onConnectStart: OnConnectStart = (_, { nodeId, handleId, handleType }) => {
  if (nodeId && handleId)
    aids.current?.wireFrom(
      { node: nodeId as NodeId, port: handleId, gives: handleType === "source" },
      reconnecting ?? undefined,
    );
};

/** A wire that was let go over a port which cannot take it says why; over nothing, it asks what should come there. */
const onConnectEnd: OnConnectEnd = (event, { isValid, fromHandle, toHandle }) => {
  aids.current?.wireFrom(null);
  if (isValid || !fromHandle) return;
  const from = portEnd(fromHandle);
  if (toHandle) return explain(from, portEnd(toHandle));
  if (reconnecting) return;
  const at = "changedTouches" in event ? event.changedTouches[0] : event;
  const over = event.target instanceof Element && event.target.closest(".react-flow__pane, .flow-frame");
  if (at && over) aids.current?.wireDropped(from, { x: at.clientX, y: at.clientY });
};

/** The second click of a connection by clicks. React Flow itself connects what fits. */
function onClickConnectEnd({ target }: MouseEvent | TouchEvent) {
  const from = aids.current?.wireIsFrom() ?? null;
  aids.current?.wireFrom(null);
  const to = target instanceof Element ? target.closest(".flow-port") : null;
  const end = to && endOf(to);
  if (from && end) explain(from, end);
}

function explain(from: PortEnd, to: PortEnd) {
  if (from.node === to.node && from.port === to.port && from.gives === to.gives) return;
  const wire = wireBetween(from, to);
  const { document } = useStudio.getState();
  if (wire && document.wires.some((other) => wireKey(other) === wireKey(wire))) return;
  const why = whyNot(scene(), from, to);
  if (why) toast({ title: "Not connected", text: why, status: "denied" });
}

function onReconnect(old: CanvasWire, connection: Connection) {
  const [before, wire] = [wireOf(old), wireOf(connection)];
  if (wireKey(before) === wireKey(wire)) return;
  const { document, edit, select } = useStudio.getState();
  const name = `Reconnect ${titleOf(document, wire.from.node)} to ${titleOf(document, wire.to.node)}`;
  const edits = [
    { edit: "remove_wires" as const, wires: [before] },
    { edit: "add_wire" as const, wire },
  ];
  if (!edit(edits, { name })) select({ wires: [wireKey(wire)] });
}

const onReconnectStart = (_: unknown, wire: CanvasWire) => {
  reconnecting = wireOf(wire);
};
const onReconnectEnd = () => {
  reconnecting = null;
};

type Handle = { nodeId: string; id?: string | null; type: string };

const portEnd = ({ nodeId, id, type }: Handle): PortEnd => ({
  node: nodeId as NodeId,
  port: id ?? "",
  gives: type === "source",
});
