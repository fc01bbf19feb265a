import type { Pool } from "pg";
import { type Claimed, claim, untilNextDue } from "./leases";

export type DueRuns = {
  /** Looks for due runs, now or right after the look that is under way. */
  look(): void;
  /** Looks at that time at the latest. Units: milliseconds since the epoch. */
  lookAt(ms: number): void;
  stop(): void;
};

type DueRunsOptions = {
  pool: Pool;
  leaseMs: number;
  room(): number;
  take(claimed: readonly Claimed[]): Promise<void>;
  failed(problem: unknown): void;
};

const CLAIM_AT_ONCE = 64;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Claims runs that are due, and sleeps until the next one is: one timer to the earliest time in an index, however many
 * runs are parked.
 */
export function dueRuns({ pool, leaseMs, room, take, failed }: DueRunsOptions): DueRuns {
  let [looking, again, stopped] = [false, false, false];
  let timer: NodeJS.Timeout | undefined;
  let timerAtMs = Number.POSITIVE_INFINITY;

  async function looks(): Promise<void> {
    while (again && !stopped) {
      again = false;
      await claimSome();
    }
    const waitMs = stopped ? null : await untilNextDue(pool);
    if (waitMs !== null) setTimer(Date.now() + waitMs);
  }

  async function claimSome(): Promise<void> {
    const limit = Math.min(room(), CLAIM_AT_ONCE);
    if (limit <= 0) return; // whoever leaves asks for the next look
    const claimed = await claim(pool, { limit, leaseMs });
    if (claimed.length > 0) await take(claimed);
    if (claimed.length === limit) again = true;
  }

  function look(): void {
    again = true;
    if (looking || stopped) return;
    looking = true;
    setTimer(Number.POSITIVE_INFINITY);
    looks()
      .catch(failed)
      .finally(() => {
        looking = false;
        if (again && room() > 0) look();
      });
  }

  function setTimer(atMs: number): void {
    clearTimeout(timer);
    timerAtMs = atMs;
    if (!Number.isFinite(atMs) || stopped) return;
    timer = setTimeout(look, Math.min(Math.max(atMs - Date.now(), 1), LONGEST_TIMER_MS));
  }

  return {
    look,
    lookAt(ms) {
      if (ms < timerAtMs) setTimer(ms);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
