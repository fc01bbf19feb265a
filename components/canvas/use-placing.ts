"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import type { DragEvent } from "react";
import { fetchInTime } from "@/components/ui/loaded-later";
import { toast } from "@/components/ui/toast";
import type { FlowDocument, Position } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import { absoluteOf, frameAt } from "../nodes/frames";
import { HEIGHT, WIDTH } from "../nodes/geometry";
import { holdsNodes, isKind } from "../nodes/kind-looks";
import type { Picked } from "../nodes/new-node";
import { PICK_TYPE } from "../panels/studio/picking";
import { onlyNode } from "../store/selection-slice";
import { useStudio } from "../store/studio-store";

const newNode = fetchInTime(() => import("../nodes/new-node"));

const GAP = 80;
const ROOM = 40;

/** Puts what was picked on the canvas: where it is dropped, or beside the selected node, else in the middle. */
export function usePlacing(agents: ReadonlyMap<string, Manifest>) {
  const { screenToFlowPosition, fitView } = useReactFlow();
  const flow = useStoreApi();

  async function add(picked: Picked, position: Position) {
    const { addPicked } = await newNode();
    const { document, edit, select } = useStudio.getState();
    const input = document.nodes.find(({ kind }) => kind === "input");
    if (picked.kind === "input" && input) {
      select({ nodes: [input.id] });
      toast({ title: "A flow has one input", text: `${input.title} is selected: add fields to it.` });
      return;
    }
    const { ports, folded } = useStudio.getState();
    const parent = frameAt({ document, ports, folded }, { x: position.x + WIDTH / 2, y: position.y + HEIGHT / 2 });
    const base = parent ? absoluteOf(document, parent) : { x: 0, y: 0 };
    const at = { x: position.x - base.x, y: position.y - base.y };
    const adding = addPicked(document, picked, { position: at, parent });
    edit(adding);
    select({ nodes: [adding.node.id] });
  }

  async function place(picked: Picked) {
    const { document, selection } = useStudio.getState();
    const beside = onlyNode(selection);
    const from = beside ? absoluteOf(document, beside) : undefined;
    const { domNode } = flow.getState();
    const canvas = domNode?.getBoundingClientRect() ?? new DOMRect();
    const middle = screenToFlowPosition({ x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 });
    const wanted = from ? { x: from.x + WIDTH + GAP, y: from.y } : centred(middle);
    await add(picked, freePlace(document, wanted));
    if (from) requestAnimationFrame(() => void fitView({ padding: 0.2, maxZoom: flow.getState().transform[2] }));
  }

  return {
    place,
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(PICK_TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDrop(event: DragEvent) {
      const word = event.dataTransfer.getData(PICK_TYPE);
      const agent = agents.get(word);
      const picked: Picked | null = agent
        ? { kind: "agent", agent }
        : isKind(word) && word !== "agent"
          ? { kind: word }
          : null;
      if (!picked) return;
      event.preventDefault();
      void add(picked, centred(screenToFlowPosition({ x: event.clientX, y: event.clientY })));
    },
  };
}

function centred({ x, y }: Position): Position {
  return { x: Math.round(x - WIDTH / 2), y: Math.round(y - HEIGHT / 2) };
}

/** The wanted place, or the first one below it where no node lies. */
function freePlace(document: FlowDocument, wanted: Position): Position {
  const taken = document.nodes.filter(({ kind }) => !holdsNodes(kind)).map(({ id }) => absoluteOf(document, id));
  let { y } = wanted;
  const clashes = () => taken.some((at) => Math.abs(at.x - wanted.x) < WIDTH && Math.abs(at.y - y) < HEIGHT + ROOM / 2);
  while (clashes()) y += HEIGHT + ROOM;
  return { x: wanted.x, y };
}
