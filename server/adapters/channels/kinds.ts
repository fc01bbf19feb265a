import { CHANNELS, type ChannelName } from "./channel";

/** Where a notice can be: in the studio itself, or at the end of a channel. */
export const PLACES = ["in_app", ...CHANNELS] as const;
export type Place = (typeof PLACES)[number];

/**
 * What people can be told of. `outside`: at first it is also brought to every address that somebody has set up. `stays`: it
 * is in the studio whatever somebody chose, because a run waits for it.
 */
export const KINDS = {
  approval_asked: { outside: true, stays: true },
  approval_reminder: { outside: true, stays: false },
  approval_escalated: { outside: true, stays: true },
  approval_settled: { outside: false, stays: false },
  approval_withdrawn: { outside: false, stays: false },
  run_waiting: { outside: false, stays: false },
  run_succeeded: { outside: false, stays: false },
  run_failed: { outside: true, stays: false },
  run_over_budget: { outside: true, stays: false },
  run_cancelled: { outside: false, stays: false },
  notice_undelivered: { outside: true, stays: true },
  agent_moved: { outside: true, stays: false },
} as const;
export type NoticeKind = keyof typeof KINDS;
export const NOTICE_KINDS = Object.keys(KINDS) as NoticeKind[];

/** Those behind which a run waits: when they reach nobody, somebody else has to be told. */
export const URGENT: readonly NoticeKind[] = ["approval_asked", "approval_reminder", "approval_escalated"];

export type Chosen = { kind: string; channel: string; wanted: boolean };

/** Whether somebody wants a kind in a place: what they chose, else what is so at first. */
export function isWanted(kind: NoticeKind, place: Place, chosen: readonly Chosen[]): boolean {
  const { outside, stays } = KINDS[kind];
  if (place === "in_app" && stays) return true;
  const own = chosen.find((each) => each.kind === kind && each.channel === place);
  return own?.wanted ?? (place === "in_app" || outside);
}

/** Which way is tried next when one fails, for whoever has set no order: what is seen soonest comes first. */
export const FIRST_ORDER: readonly ChannelName[] = ["push", "email", "slack", "webhook"];
