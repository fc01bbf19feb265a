import {
  ArrowRightFromLine,
  ArrowRightToLine,
  Bot,
  Braces,
  CalendarClock,
  CirclePlay,
  Coins,
  GitFork,
  Group,
  Hourglass,
  LifeBuoy,
  ListTree,
  type LucideIcon,
  Merge,
  Radio,
  Repeat,
  Rows3,
  ShieldAlert,
  ShieldCheck,
  Sparkles,
  Split,
  StickyNote,
  Webhook,
  Workflow,
} from "lucide-react";
import type { KindName } from "@/flows/nodes/catalog";

/** `holds`: other nodes can be drawn in it. */
export type KindLook = { name: string; Icon: LucideIcon; holds?: boolean };

/** How each kind is named and marked, in the palette and on the canvas. */
export const kindLooks = {
  input: { name: "Input", Icon: ArrowRightFromLine },
  output: { name: "Output", Icon: ArrowRightToLine },
  agent: { name: "Agent", Icon: Bot },
  model: { name: "Model", Icon: Sparkles },
  approval: { name: "Approval", Icon: ShieldCheck },
  branch: { name: "Branch", Icon: Split },
  switch: { name: "Switch", Icon: ListTree },
  map: { name: "Map", Icon: Rows3, holds: true },
  loop: { name: "Loop", Icon: Repeat, holds: true },
  parallel: { name: "Parallel", Icon: GitFork },
  join: { name: "Join", Icon: Merge },
  transform: { name: "Transform", Icon: Braces },
  wait: { name: "Wait", Icon: Hourglass },
  subflow: { name: "Sub-flow", Icon: Workflow },
  pay: { name: "Pay", Icon: Coins },
  guard: { name: "Guard", Icon: ShieldAlert },
  try: { name: "Try", Icon: LifeBuoy, holds: true },
  manual: { name: "Manual start", Icon: CirclePlay },
  schedule: { name: "Schedule", Icon: CalendarClock },
  webhook: { name: "Webhook", Icon: Webhook },
  event: { name: "Event", Icon: Radio },
  note: { name: "Note", Icon: StickyNote },
  group: { name: "Group", Icon: Group, holds: true },
} satisfies Record<KindName, KindLook>;

export function lookOf(kind: string): KindLook {
  return isKind(kind) ? kindLooks[kind] : { name: kind, Icon: Bot };
}

export function isKind(kind: string): kind is KindName {
  return Object.hasOwn(kindLooks, kind);
}

/** Whether other nodes can be drawn in nodes of this kind. */
export function holdsNodes(kind: string): boolean {
  return lookOf(kind).holds ?? false;
}
