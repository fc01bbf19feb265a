import type { Pinning } from "@/components/store/compile-slice";
import type { Digest } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import { settingEdits } from "./setting-edits";

type Pinned = { pinning: Pinning; name: string };

/**
 * The edits that make a node stand for a flow: what it pins lies in the document, what it pinned before goes unless
 * something else stands for it.
 */
export function pinEdits(document: FlowDocument, node: FlowNode, { pinning, name }: Pinned): FlowEdit[] {
  const settings = { ...node.settings, ...pinning.settings, flow: pinning.flow, name } as FlowNode["settings"];
  const before = String(node.settings.flow ?? "");
  const unpin = before === pinning.flow ? [] : unpinned(document, node, before);
  return [...newPins(document, pinning), ...settingEdits(node, settings), ...unpin];
}

/** The edits that give a model a flow to call; one that it has already stays as it is. */
export function flowToolEdits(document: FlowDocument, node: FlowNode, { pinning, name }: Pinned): FlowEdit[] {
  const had = flowsOf(node);
  if (had.some(({ flow }) => flow === pinning.flow)) return [];
  const { input, outputs } = pinning.settings;
  const flows = [...had, { flow: pinning.flow, name, input, outputs }];
  return [...newPins(document, pinning), ...settingEdits(node, { ...node.settings, flows } as FlowNode["settings"])];
}

/** The edits that take a flow from a model again. */
export function flowToolGone(document: FlowDocument, node: FlowNode, flow: string): FlowEdit[] {
  const flows = flowsOf(node).filter((each) => each.flow !== flow);
  const settings = { ...node.settings, flows } as FlowNode["settings"];
  return [...settingEdits(node, settings), ...unpinned(document, node, flow)];
}

function newPins({ flows: known = {} }: FlowDocument, pinning: Pinning): FlowEdit[] {
  return Object.entries(pinning.flows).flatMap(([digest, pinned]): FlowEdit[] =>
    Object.hasOwn(known, digest) ? [] : [{ edit: "pin_flow", flow: digest as Digest, pinned }],
  );
}

function unpinned(document: FlowDocument, node: FlowNode, flow: string): FlowEdit[] {
  const isGone = Object.hasOwn(document.flows ?? {}, flow) && !isNamed(document, node, flow);
  return isGone ? [{ edit: "unpin_flow", flow: flow as Digest }] : [];
}

type FlowTool = { [setting: string]: unknown };

/** The flows that a model is given, as far as its settings can be read. */
export function flowsOf({ settings }: Pick<FlowNode, "settings">): readonly FlowTool[] {
  const { flows } = settings;
  return Array.isArray(flows)
    ? (flows.filter((each) => typeof each === "object" && each !== null && !Array.isArray(each)) as FlowTool[])
    : [];
}

/** Whether another node, here or in any pinned flow, stands for the flow. */
function isNamed({ nodes, flows = {} }: FlowDocument, own: FlowNode, flow: string): boolean {
  const all = [...nodes.filter(({ id }) => id !== own.id), ...Object.values(flows).flatMap((each) => each.nodes)];
  return all.some((each) => each.settings.flow === flow || flowsOf(each).some((tool) => tool.flow === flow));
}
