"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

export type MomentProps = {
  at: Date;
  /** `day` leaves the time out for what is longer ago than today; `exact` says seconds. */
  look?: "day" | "exact";
};

/** A moment in the reader's own time. The server does not know it, so the first drawing says UTC. */
export function Moment({ at, look = "day" }: MomentProps) {
  const zone = useSyncExternalStore(never, ownZone, () => "UTC");
  const today = useSyncExternalStore(never, dayOfNow, () => "");
  return (
    <time dateTime={at.toISOString()} title={inWords(at, { zone, look: "exact" })} className="tabular-nums">
      {look === "day" && dayOf(at, zone) === today ? timeOf(at, zone) : inWords(at, { zone, look })}
    </time>
  );
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const dayOfNow = () => dayOf(new Date(), ownZone());

function dayOf(at: Date, timeZone: string): string {
  return at.toLocaleDateString("en-GB", { timeZone, day: "numeric", month: "short", year: "numeric" });
}

function timeOf(at: Date, timeZone: string): string {
  return at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
}

function inWords(at: Date, { zone: timeZone, look }: { zone: string; look: "day" | "exact" }): string {
  if (look === "day") return `${dayOf(at, timeZone)}, ${timeOf(at, timeZone)}`;
  const time = at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return `${dayOf(at, timeZone)}, ${time}`;
}
