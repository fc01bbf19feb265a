import { CHANNELS, type ChannelName } from "./channel";

/** Where a notice can be: in the studio itself, or at the end of a channel. */
export const PLACES = ["in_app", ...CHANNELS] as const;
export type Place = (typeof PLACES)[number];

/**
 * What people can be told of. `outside`: at first it is also brought to every address that somebody has set up. `stays`: it
 * is there whatever somebody chose, because a run waits for it; or because whoever found a browser open would choose it away.
 */
export const KINDS = {
  approval_asked: { outside: true, stays: "in_app" },
  approval_reminder: { outside: true, stays: "nowhere" },
  approval_escalated: { outside: true, stays: "in_app" },
  approval_settled: { outside: false, stays: "nowhere" },
  approval_withdrawn: { outside: false, stays: "nowhere" },
  run_waiting: { outside: false, stays: "nowhere" },
  run_succeeded: { outside: false, stays: "nowhere" },
  run_failed: { outside: true, stays: "nowhere" },
  run_over_budget: { outside: true, stays: "nowhere" },
  run_time_short: { outside: true, stays: "nowhere" },
  run_cancelled: { outside: false, stays: "nowhere" },
  approval_out_of_reach: { outside: true, stays: "in_app" },
  notice_undelivered: { outside: true, stays: "in_app" },
  agent_moved: { outside: true, stays: "nowhere" },
  means_changed: { outside: true, stays: "everywhere" },
  invitation_sent: { outside: true, stays: "nowhere" },
} as const;
export type NoticeKind = keyof typeof KINDS;
export const NOTICE_KINDS = Object.keys(KINDS) as NoticeKind[];

/** Those behind which a run waits: when they reach nobody, somebody else has to be told. */
export const URGENT: readonly NoticeKind[] = ["approval_asked", "approval_reminder", "approval_escalated"];

export type Chosen = { kind: string; channel: string; wanted: boolean };

/** Whether it is there whatever somebody chose. */
export function isFixed(kind: NoticeKind, place: Place): boolean {
  const { stays } = KINDS[kind];
  return stays === "everywhere" || (stays === "in_app" && place === "in_app");
}

/** Whether somebody wants a kind in a place: what they chose, else what is so at first. */
export function isWanted(kind: NoticeKind, place: Place, chosen: readonly Chosen[]): boolean {
  const { outside } = KINDS[kind];
  if (isFixed(kind, place)) return true;
  const own = chosen.find((each) => each.kind === kind && each.channel === place);
  return own?.wanted ?? (place === "in_app" || outside);
}

/** Which way is tried next when one fails, for whoever has set no order: what is seen soonest comes first. */
export const FIRST_ORDER: readonly ChannelName[] = ["push", "email", "slack", "webhook"];
