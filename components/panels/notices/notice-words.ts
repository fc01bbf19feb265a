import type { NoticeChannel, NoticeWanted } from "@/components/api/answers";

type Kind = NoticeWanted["kind"];
type Place = NoticeWanted["place"];

export const KIND_WORDS: Record<Kind, string> = {
  approval_asked: "An approval is asked of you",
  approval_reminder: "It still waits for your answer",
  approval_escalated: "An approval is passed on to you",
  approval_settled: "An approval of your run is answered",
  approval_withdrawn: "Your answer is not needed any more",
  run_waiting: "Your run waits for somebody",
  run_succeeded: "Your run succeeded",
  run_failed: "Your run failed or stands still",
  run_over_budget: "Your run stopped at its budget",
  run_time_short: "Your run on escrow runs out of time",
  run_cancelled: "Somebody else stopped your run",
  approval_out_of_reach: "Too few can still agree to an approval of your run",
  notice_undelivered: "An approval did not reach somebody",
  agent_moved: "An agent that you publish was moved",
  means_changed: "What your account signs with is changed",
  invitation_sent: "You are invited to an organisation",
};

export const PLACE_WORDS: Record<Place, string> = {
  in_app: "In the studio",
  email: "E-mail",
  push: "Push",
  slack: "Slack",
  webhook: "Webhook",
};

/** The order in which ways are drawn; which is tried first is each person's own choice. */
export const WAYS: readonly NoticeChannel["channel"][] = ["email", "push", "slack", "webhook"];

/** `22:05` of minutes of a day, and back. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Null when it is no time. */
export function minuteOfClock(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
