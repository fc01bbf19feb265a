import { unreachable } from "../basics/unreachable";
import { MINUTE_MS } from "./local-time";
import { latestUntil, type Schedule, timesAfter } from "./schedule-times";

/** What becomes of the times that came while nobody was there to start a run: nothing, one run, or a run for each. */
export const MISSED = ["skip", "once", "all"] as const;
export type Missed = (typeof MISSED)[number];

/** What to do about a schedule whose time has come. `dropped` says between which instants times were left out. */
export type Due = {
  start: readonly number[];
  dropped: { fromMs: number; toMs: number } | null;
  nextMs: number | null;
};

/** Runs that are made up for at once, the oldest first. */
export const MOST_MISSED = 100;

/** A time is on time for as long as the next one of the same schedule cannot have come. */
const ON_TIME_MS = MINUTE_MS;

/** `firstMs` is the earliest time that has not been seen to. [W3] */
export function whatIsDue(schedule: Schedule & { missed: Missed }, firstMs: number, nowMs: number): Due {
  const nextMs = timesAfter(schedule, nowMs, 1)[0] ?? null;
  const latest = latestUntil(schedule, nowMs, firstMs) ?? firstMs;
  const onTime = nowMs - latest < ON_TIME_MS;
  switch (schedule.missed) {
    case "skip": {
      const toMs = onTime ? latest : nowMs;
      return { start: onTime ? [latest] : [], dropped: firstMs < toMs ? { fromMs: firstMs, toMs } : null, nextMs };
    }
    case "once":
      return { start: [latest], dropped: null, nextMs };
    case "all": {
      const times = timesAfter(schedule, firstMs - 1, MOST_MISSED + 1).filter((time) => time <= nowMs);
      const fromMs = times[MOST_MISSED];
      const dropped = fromMs === undefined ? null : { fromMs, toMs: nowMs };
      return { start: times.slice(0, MOST_MISSED), dropped, nextMs };
    }
    default:
      return unreachable(schedule.missed);
  }
}
