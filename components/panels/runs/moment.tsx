"use client";

import { useSyncExternalStore } from "react";
import { dayOf, exactly, minuteOf, ownZone } from "@/components/panels/runs/moment-words";

const never = () => () => undefined;
const today = () => dayOf(new Date(), ownZone());

export type MomentProps = {
  at: Date;
  /** `short` leaves the day out when it is today; `exact` says day and seconds. */
  look?: "short" | "exact";
};

/** A moment in the reader's own time. The server does not know it, so the first drawing says UTC. */
export function Moment({ at, look = "short" }: MomentProps) {
  const zone = useSyncExternalStore(never, ownZone, () => "UTC");
  const now = useSyncExternalStore(never, today, () => "");
  const whole = exactly(at, zone);
  return (
    <time dateTime={at.toISOString()} title={whole} className="tabular-nums">
      {look === "exact" ? whole : shortly(at, { zone, now })}
    </time>
  );
}

function shortly(at: Date, { zone, now }: { zone: string; now: string }): string {
  const day = dayOf(at, zone);
  return day === now ? minuteOf(at, zone) : `${day}, ${minuteOf(at, zone)}`;
}
