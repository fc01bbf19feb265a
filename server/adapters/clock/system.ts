import type { ClockPort } from "@/flows/ports/clock";

/** The clock of the machine. Set back by somebody, it stands still until it has caught up. */
export function systemClock(): ClockPort {
  let latestMs = 0;
  return {
    now() {
      latestMs = Math.max(latestMs, Date.now());
      return latestMs;
    },
  };
}
