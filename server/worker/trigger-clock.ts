import type { Pool } from "pg";
import type { Json } from "@/flows/basics/json";
import type { KnownStart } from "@/flows/triggers/turned-on";
import { type CarryOutNeeds, carryOutStart } from "@/server/use-cases/carry-out-start";
import { listenFor } from "./bell";
import { type DueClock, startDueClock } from "./due-clock";

/** What rings: something of triggers and trials is due, or somebody is to be told of something. */
export type Rung = "trigger_due" | "notice_due";

type WaitingStart = KnownStart & { brings: Json; waitedMs: number };

/** What the clock works with. Whatever is due is written down first, and started from what is written. */
export type Starts = {
  /** Writes down the starts of schedules that are due. True when there may be more. */
  queueDue(): Promise<boolean>;
  /** Takes starts that nobody works on, each for a while. */
  claim(): Promise<WaitingStart[]>;
  /** Milliseconds until one of the two has something to do; null when nothing waits. */
  untilNext(): Promise<number | null>;
  services(): CarryOutNeeds;
};

type Log = (level: "warn" | "error", event: string, about: Readonly<Record<string, unknown>>) => void;
/** `rung` hears the bell, too: there is one for all that is due. */
export type ClockOptions = { pool: Pool; starts: Starts; log: Log; rung?: (channel: Rung) => void };
export type TriggerClock = { stop(): Promise<void> };

const SLEEP = { shortestMs: 20, longestMs: 30_000, afterTroubleMs: 1_000 };

/** A start that meets a fault each time it is tried is given up, visibly. Units: milliseconds. */
const GIVE_UP_MS = 600_000;

/**
 * Starts what is due, beside any number of other workers: one sleep until the earliest time of all triggers, in the
 * database's time, so that workers whose clocks differ agree.
 */
export async function startTriggerClock({ pool, starts, log, rung: alsoRung }: ClockOptions): Promise<TriggerClock> {
  async function carryOut(stopped: () => boolean): Promise<number | null> {
    for (let more = true; more && !stopped(); ) more = await starts.queueDue();
    for (let claimed = await starts.claim(); claimed.length > 0; claimed = stopped() ? [] : await starts.claim())
      for (const start of claimed) if (!stopped()) await startOne(start);
    return starts.untilNext();
  }

  async function startOne(start: WaitingStart): Promise<void> {
    try {
      await carryOutStart(starts.services(), start);
    } catch (problem) {
      const { trigger, key, run } = start;
      log("error", "start_failed", { trigger, key, run, problem: wordsOf(problem) });
      // Whatever it was, the start is taken up again when its lease is over, unless that has gone on for long.
      if (start.waitedMs > GIVE_UP_MS) await starts.services().triggers.settle(start, { code: "start_broken" });
    }
  }

  let clock: DueClock | undefined;
  const bell = await listenFor(["trigger_due", "notice_due"], pool, (channel) => {
    if (channel === "trigger_due") clock?.look();
    alsoRung?.(channel);
  });
  clock = startDueClock({ work: { carryOut }, delayed: "triggers_delayed", log, sleep: SLEEP });
  const { stop } = clock;
  return {
    async stop() {
      bell.stop();
      await stop();
    },
  };
}

function wordsOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
