import {
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
  Sparkles,
  StickyNote,
  Webhook,
  Workflow,
} from "lucide-react";
import type { LaterKind } from "./first-kinds";

const icons = {
  model: Sparkles,
  switch: ListTree,
  map: Rows3,
  loop: Repeat,
  parallel: GitFork,
  join: Merge,
  transform: Braces,
  wait: Hourglass,
  subflow: Workflow,
  pay: Coins,
  guard: ShieldAlert,
  try: LifeBuoy,
  manual: CirclePlay,
  schedule: CalendarClock,
  webhook: Webhook,
  event: Radio,
  note: StickyNote,
  group: Group,
} satisfies Record<LaterKind, LucideIcon>;

export function LaterIcon({ kind }: { kind: LaterKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden />;
}
