import type { NodeId } from "@/flows/basics/ids";
import { sameJson } from "@/flows/basics/same-json";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";

/** A port that gets another name, or is gone where there is none. */
export type PortNames = { side: "inputs" | "outputs"; from: string; to: string | null };

/** The edits that make these the settings of a node. */
export function settingEdits(node: FlowNode, next: FlowNode["settings"]): FlowEdit[] {
  const fields = new Set([...Object.keys(node.settings), ...Object.keys(next)]);
  return [...fields].flatMap((field): FlowEdit[] => {
    const value = Object.hasOwn(next, field) ? next[field] : undefined;
    const before = Object.hasOwn(node.settings, field) ? node.settings[field] : undefined;
    if (before !== undefined && value !== undefined && sameJson(before, value)) return [];
    return before === value ? [] : [{ edit: "change_setting", node: node.id, field, value }];
  });
}

/** Brings the wires of a port along under its new name; of a port that is gone they go too. */
export function portEdits({ wires }: FlowDocument, node: NodeId, { side, from, to }: PortNames): FlowEdit[] {
  const own = wires.filter((wire) =>
    side === "outputs"
      ? wire.from.node === node && wire.from.output === from
      : wire.to.node === node && wire.to.input === from,
  );
  if (own.length === 0) return [];
  const moved = own.map((wire) =>
    side === "outputs"
      ? { ...wire, from: { ...wire.from, output: to ?? from } }
      : { ...wire, to: { ...wire.to, input: to ?? from } },
  );
  const added = to === null ? [] : moved.map((wire) => ({ edit: "add_wire" as const, wire }));
  return [{ edit: "remove_wires", wires: own }, ...added];
}
