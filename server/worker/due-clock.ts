/** Something that comes due; gives the time until more of it is. Units: milliseconds, null when nothing waits. */
export type DueWork = { carryOut(stopped: () => boolean): Promise<number | null> };
type Log = (level: "warn", event: string, about: Readonly<Record<string, unknown>>) => void;
export type DueClock = { look(): void; stop(): Promise<void> };
/** `delayed` is what the log says when it could not be carried out. */
export type DueClockOptions = { work: DueWork; delayed: string; log: Log };

/** What a lost notice or a dead process left is found by then. Units: milliseconds. */
const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 1_000;

/** Carries out what is due, beside the runs and beside other workers: at once when it is told to look, else when it is due. */
export function startDueClock({ work, delayed, log }: DueClockOptions): DueClock {
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
    let sleepMs = LONGEST_SLEEP_MS;
    while (rung && !stopped) {
      rung = false;
      try {
        const untilMs = (await work.carryOut(() => stopped)) ?? LONGEST_SLEEP_MS;
        sleepMs = Math.min(Math.max(untilMs, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
      } catch (problem) {
        log("warn", delayed, { problem: problem instanceof Error ? problem.message : String(problem) });
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
