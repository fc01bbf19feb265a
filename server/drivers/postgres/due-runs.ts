import type { Pool } from "pg";
import type { AccountId } from "@/flows/basics/ids";
import { type Claimed, claim, untilNextDue, wakeSleepers } from "./claiming";

export type DueRuns = {
  /** Looks for due runs, now or right after the look that is under way. */
  look(): void;
  /** The same, after it has woken the runs whose time has come. */
  wake(): void;
  /** Wakes at that time at the latest. Units: milliseconds since the epoch. */
  lookAt(ms: number): void;
  /** A run has left: looks when others were left behind for want of room. */
  hasRoom(): void;
  /** Starts no further look. Resolves once the one that is under way is over. */
  stop(): Promise<void>;
};

/** `free` places for runs, and how many runs are held for whom. */
export type Room = { free: number; held: ReadonlyMap<AccountId, number> };

type DueRunsOptions = {
  pool: Pool;
  leaseMs: number;
  room(): Room;
  take(claimed: readonly Claimed[]): Promise<void>;
  failed(problem: unknown): void;
};

const CLAIM_AT_ONCE = 64;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** A run that somebody has locked is looked at again so much later: what they do there takes a few milliseconds. */
const LOCKED_MS = 25;
/**
 * An owner may hold so many runs for each place that is free. One alone gets three places in four, two get three in
 * seven each: whoever comes next always finds some, however many runs the others have.
 */
const HELD_PER_FREE = 3;

/**
 * Claims runs that are due, and sleeps until the next one is: one timer to the earliest time in an index, however many
 * runs are parked.
 */
export function dueRuns({ pool, leaseMs, room, take, failed }: DueRunsOptions): DueRuns {
  let [again, waking, behind, locked, stopped] = [false, true, false, false, false];
  let looking: Promise<void> | null = null;
  let after = "";
  let timer: NodeJS.Timeout | undefined;
  let timerAtMs = Number.POSITIVE_INFINITY;

  async function looks(): Promise<void> {
    while (again && !stopped) {
      again = false;
      if (waking) {
        waking = false;
        await wakeSleepers(pool);
      }
      await claimSome();
    }
    const waitMs = stopped ? null : await untilNextDue(pool);
    setTimer(Date.now() + Math.min(waitMs ?? Number.POSITIVE_INFINITY, locked ? LOCKED_MS : Number.POSITIVE_INFINITY));
  }

  async function claimSome(): Promise<void> {
    const { free, held } = room();
    const limit = Math.min(free, CLAIM_AT_ONCE);
    behind = limit <= 0; // whoever leaves asks for the next look
    locked = false;
    if (behind) return;
    const claims = await claim(pool, { limit, leaseMs, each: free * HELD_PER_FREE, held, after });
    ({ after, more: behind, locked } = claims);
    if (claims.claimed.length > 0) await take(claims.claimed);
    if (claims.claimed.length === limit) again = true;
  }

  function look(): void {
    again = true;
    if (looking || stopped) return;
    setTimer(Number.POSITIVE_INFINITY);
    looking = looks()
      .catch(failed)
      .finally(() => {
        looking = null;
        if (again && room().free > 0) look();
      });
  }

  function wake(): void {
    waking = true;
    look();
  }

  function setTimer(atMs: number): void {
    clearTimeout(timer);
    timerAtMs = atMs;
    if (!Number.isFinite(atMs) || stopped) return;
    timer = setTimeout(wake, Math.min(Math.max(atMs - Date.now(), 1), LONGEST_TIMER_MS));
  }

  return {
    look,
    wake,
    lookAt(ms) {
      if (ms < timerAtMs) setTimer(ms);
    },
    hasRoom() {
      if (behind) look();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
