import type { Json } from "@/flows/basics/json";
import type { FlowNode, Position } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import type { JsonSchema } from "@/flows/types/json-schema";
import type { NodePorts } from "../../store/compile-slice";

/** What is laid out as one: boxes that are drawn in the same place, and what leads from one to another. */
export type Level = {
  boxes: readonly { id: string; width: number; height: number; x: number; y: number }[];
  links: readonly { from: string; to: string }[];
};

/** The questions that the worker beside the canvas answers: what takes long, or needs what the page does not load. */
export type Question =
  | { say: "ports"; nodes: readonly FlowNode[]; manifests: readonly Manifest[] }
  | { say: "judge"; from: JsonSchema; to: JsonSchema }
  | { say: "layout"; level: Level };

export type Answers = {
  ports: NodePorts;
  /** A value that would come and be refused; null when nobody knows of one. */
  judge: { counterExample: Json } | null;
  layout: Readonly<Record<string, Position>>;
};

export type ToEditing = { ask: number; question: Question };
export type FromEditing = { ask: number; answer: Answers[keyof Answers] };
