import type { Node, NodeProps } from "@xyflow/react";
import type { FlowNode } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import type { Manifest } from "@/flows/plan/manifest";
import type { NodeRun } from "../store/run-slice";

/** What a node on the canvas is drawn from; everything else about it is in the document. */
export type Drawn = {
  node: FlowNode;
  ports: Ports;
  /** What the registry says of the agent that the node calls, if it calls one. */
  agent: Manifest | null;
  run: NodeRun | null;
  problems: number;
  /** Whether runs halt at it, or take its output for given. */
  mark: Mark | null;
  /** Of a container that is collapsed to a card, how many nodes lie in it; null of every other node. */
  folded: number | null;
};

export type Mark = "stop" | "pin";

export type CanvasNode = Node<Drawn>;
export type CanvasNodeProps = NodeProps<CanvasNode>;

/** The type, for React Flow, of a node that is only a part of one picture of many: its element is empty. */
export const PICTURED = "pictured";
