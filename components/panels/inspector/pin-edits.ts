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
  const known = document.flows ?? {};
  const pins = Object.entries(pinning.flows).flatMap(([digest, pinned]): FlowEdit[] =>
    Object.hasOwn(known, digest) ? [] : [{ edit: "pin_flow", flow: digest as Digest, pinned }],
  );
  const settings = { ...node.settings, ...pinning.settings, flow: pinning.flow, name } as FlowNode["settings"];
  const before = String(node.settings.flow ?? "");
  const isGone = before !== pinning.flow && Object.hasOwn(known, before) && !isNamed(document, node, before);
  const unpin: FlowEdit[] = isGone ? [{ edit: "unpin_flow", flow: before as Digest }] : [];
  return [...pins, ...settingEdits(node, settings), ...unpin];
}

/** Whether another node, here or in any pinned flow, stands for the flow. */
function isNamed({ nodes, flows = {} }: FlowDocument, own: FlowNode, flow: string): boolean {
  const all = [...nodes.filter(({ id }) => id !== own.id), ...Object.values(flows).flatMap((each) => each.nodes)];
  return all.some(({ settings }) => settings.flow === flow);
}
