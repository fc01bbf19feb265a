"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import type { DragEvent } from "react";
import { fetchInTime } from "@/components/ui/loaded-later";
import { toast } from "@/components/ui/toast";
import type { AgentId, NodeId } from "@/flows/basics/ids";
import type { Position } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import { isAgentId } from "@/flows/plan/named-agents";
import { absoluteOf, frameAt } from "../nodes/frames";
import { freshSize, type Place, placeBeside, placeFree } from "../nodes/free-place";
import { HEIGHT, WIDTH } from "../nodes/geometry";
import { isKind } from "../nodes/kind-looks";
import type { Picked } from "../nodes/new-node";
import { PICK_TYPE } from "../panels/studio/picking";
import { useLearnAgent } from "../panels/studio/use-agents";
import { onlyNode } from "../store/selection-slice";
import { type Studio, useStudio } from "../store/studio-store";

type Scene = Pick<Studio, "document" | "ports" | "folded">;

const newNode = fetchInTime(() => import("../nodes/new-node"));

/** Puts what was picked on the canvas: where it is dropped, or beside the selected node, else in the middle. */
export function usePlacing(agents: ReadonlyMap<string, Manifest>) {
  const learn = useLearnAgent();
  const { screenToFlowPosition, fitView } = useReactFlow();
  const flow = useStoreApi();

  async function add(picked: Picked, at: (scene: Scene) => Place): Promise<NodeId> {
    const { addPicked } = await newNode();
    const studio = useStudio.getState();
    const input = studio.document.nodes.find(({ kind }) => kind === "input");
    if (picked.kind === "input" && input) {
      studio.select({ nodes: [input.id] });
      toast({ title: "A flow has one input", text: `${input.title} is selected: add fields to it.` });
      return input.id;
    }
    const adding = addPicked(studio.document, picked, at(studio));
    studio.edit(adding);
    studio.select({ nodes: [adding.node.id] });
    return adding.node.id;
  }

  async function place(picked: Picked): Promise<NodeId> {
    const beside = onlyNode(useStudio.getState().selection);
    const { domNode } = flow.getState();
    const canvas = domNode?.getBoundingClientRect() ?? new DOMRect();
    const middle = screenToFlowPosition({ x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 });
    const size = freshSize(picked.kind);
    const added = await add(picked, (scene) =>
      beside ? placeBeside(scene, beside, size) : placeFree(scene, { parent: null, position: centred(middle) }, size),
    );
    if (beside) requestAnimationFrame(() => void fitView({ padding: 0.2, maxZoom: flow.getState().transform[2] }));
    return added;
  }

  /** From the registry: it has to be known whole before it can be drawn. */
  async function dropFound(id: AgentId, at: (scene: Scene) => Place): Promise<void> {
    const found = await learn(id).catch(() => null);
    if (found) await add({ kind: "agent", agent: found }, at);
    else toast({ status: "failed", title: `${id} was not added: the registry does not have it now.` });
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
      const picked = pickedBy(word, agents);
      const other = !picked && isAgentId(word) ? word : null;
      if (!picked && !other) return;
      event.preventDefault();
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const place = (scene: Scene) => under(scene, at);
      if (picked) void add(picked, place);
      else if (other) void dropFound(other, place);
    },
  };
}

function pickedBy(word: string, agents: ReadonlyMap<string, Manifest>): Picked | null {
  const agent = agents.get(word);
  if (agent) return { kind: "agent", agent };
  return isKind(word) && word !== "agent" ? { kind: word } : null;
}

function centred({ x, y }: Position): Position {
  return { x: Math.round(x - WIDTH / 2), y: Math.round(y - HEIGHT / 2) };
}

/** In the innermost container under the point, if there is one. */
function under(scene: Scene, point: Position): Place {
  const parent = frameAt(scene, point);
  const base = parent ? absoluteOf(scene.document, parent) : { x: 0, y: 0 };
  const { x, y } = centred(point);
  return { parent, position: { x: x - base.x, y: y - base.y } };
}
