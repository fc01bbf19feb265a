"use client";

import type { Connection, EdgeChange, NodeChange, OnConnectEnd } from "@xyflow/react";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, Position, Wire } from "@/flows/graph/graph";
import type { CanvasNode } from "../nodes/canvas-node";
import { absoluteOf, frameAt } from "../nodes/frames";
import { HEIGHT, WIDTH } from "../nodes/geometry";
import { holdsNodes } from "../nodes/kind-looks";
import type { CanvasWire } from "../nodes/wire-view";
import { judgeConnection } from "../store/judge-connection";
import { useStudio } from "../store/studio-store";

/** Turns what React Flow reports into edits and selections. Between the ends of a drag nothing is edited. */
export function useGestures() {
  const [dragged, setDragged] = useState<Readonly<Record<string, Position>>>({});

  function onNodesChange(changes: NodeChange<CanvasNode>[]) {
    const moved = changes.flatMap((change) =>
      change.type === "position" && change.position ? [{ ...change, at: rounded(change.position) }] : [],
    );
    const still = moved.filter(({ dragging }) => dragging);
    if (still.length > 0) setDragged(Object.fromEntries(still.map(({ id, at }) => [id, at])));
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
      onConnectEnd,
      isValidConnection,
      onNodeDragStart: () => useStudio.getState().seal(),
    },
  };
}

/** Nodes that were let go over another container are drawn in that one from now on; the others have just moved. */
function drop(to: Readonly<Record<string, Position>>): void {
  const { document, ports, edit } = useStudio.getState();
  const moved = { ...document, layout: { ...document.layout, ...to } };
  const ids = new Set(Object.keys(to));
  const [first] = document.nodes.filter(({ id, parent }) => ids.has(id) && !(parent && ids.has(parent)));
  const at = first ? absoluteOf(moved, first.id) : { x: 0, y: 0 };
  const over = first ? frameAt({ document: moved, ports }, { x: at.x + WIDTH / 2, y: at.y + HEIGHT / 2 }, ids) : null;
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

function isValidConnection(connection: Connection | CanvasWire): boolean {
  return judgeConnection(useStudio.getState(), wireOf(connection)) === null;
}

function onConnect(connection: Connection) {
  useStudio.getState().edit({ edit: "add_wire", wire: wireOf(connection) });
}

/** A wire that was let go over a port which cannot take it: says why. */
const onConnectEnd: OnConnectEnd = (_, { isValid, fromHandle, toHandle }) => {
  if (isValid || !fromHandle || !toHandle) return;
  if (fromHandle.nodeId === toHandle.nodeId && fromHandle.id === toHandle.id) return;
  if (fromHandle.type === toHandle.type) {
    const both = fromHandle.type === "source" ? "outputs" : "inputs";
    toast({
      title: "Not connected",
      text: `Both ends are ${both}. Drag from an output to an input.`,
      status: "denied",
    });
    return;
  }
  const [out, into] = fromHandle.type === "source" ? [fromHandle, toHandle] : [toHandle, fromHandle];
  const why = judgeConnection(useStudio.getState(), {
    from: { node: out.nodeId as NodeId, output: out.id ?? "" },
    to: { node: into.nodeId as NodeId, input: into.id ?? "" },
  });
  if (why) toast({ title: "Not connected", text: why, status: "denied" });
};
