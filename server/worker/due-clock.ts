/** Something that comes due; gives the time until more of it is. Units: milliseconds, null when nothing waits. */
export type DueWork = { carryOut(stopped: () => boolean): Promise<number | null> };
type Log = (level: "warn", event: string, about: Readonly<Record<string, unknown>>) => void;
export type DueClock = { look(): void; stop(): Promise<void> };
/**
 * How long a clock sleeps. `longestMs`: what a lost notice or a dead process left is found by then. `shortestMs`: what is due
 * and not to be had is in another worker's hands. `afterTroubleMs`: until what failed is tried again.
 */
export type Sleep = { shortestMs: number; longestMs: number; afterTroubleMs: number };
/** `delayed` is what the log says when it could not be carried out. */
export type DueClockOptions = { work: DueWork; delayed: string; log: Log; sleep?: Sleep };

const CALM: Sleep = { shortestMs: 1_000, longestMs: 60_000, afterTroubleMs: 60_000 };

/** Carries out what is due, beside the runs and beside other workers: at once when it is told to look, else when it is due. */
export function startDueClock({ work, delayed, log, sleep = CALM }: DueClockOptions): DueClock {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | null = null;
  let [rung, stopped] = [false, false];

  function look(): void {
    clearTimeout(timer);
    rung = true;
    round ??= rounds().finally(() => {
      round = null;
    });
  }

  async function rounds(): Promise<void> {
    let sleepMs = sleep.longestMs;
    while (rung && !stopped) {
      rung = false;
      try {
        const untilMs = (await work.carryOut(() => stopped)) ?? sleep.longestMs;
        sleepMs = Math.min(Math.max(untilMs, sleep.shortestMs), sleep.longestMs);
      } catch (problem) {
        log("warn", delayed, { problem: problem instanceof Error ? problem.message : String(problem) });
        sleepMs = sleep.afterTroubleMs;
      }
    }
    if (!stopped) timer = setTimeout(look, sleepMs);
  }

  look();
  return {
    look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
