import type { KindName } from "@/flows/nodes/catalog";

/** `holds`: other nodes can be drawn in it. */
export type KindLook = { name: string; holds?: boolean };

/** How each kind is named, in the palette and on the canvas. */
export const kindLooks = {
  input: { name: "Input" },
  output: { name: "Output" },
  agent: { name: "Agent" },
  model: { name: "Model" },
  approval: { name: "Approval" },
  branch: { name: "Branch" },
  switch: { name: "Switch" },
  map: { name: "Map", holds: true },
  loop: { name: "Loop", holds: true },
  parallel: { name: "Parallel" },
  join: { name: "Join" },
  transform: { name: "Transform" },
  wait: { name: "Wait" },
  subflow: { name: "Sub-flow" },
  pay: { name: "Pay" },
  guard: { name: "Guard" },
  try: { name: "Try", holds: true },
  manual: { name: "Manual start" },
  schedule: { name: "Schedule" },
  webhook: { name: "Webhook" },
  event: { name: "Event" },
  note: { name: "Note" },
  group: { name: "Group", holds: true },
} satisfies Record<KindName, KindLook>;

export function lookOf(kind: string): KindLook {
  return isKind(kind) ? kindLooks[kind] : { name: kind };
}

export function isKind(kind: string): kind is KindName {
  return Object.hasOwn(kindLooks, kind);
}

/** Whether other nodes can be drawn in nodes of this kind. */
export function holdsNodes(kind: string): boolean {
  return lookOf(kind).holds ?? false;
}
