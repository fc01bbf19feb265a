/** What is to be put to the test; gives the time until more is. Units: milliseconds. */
export type Tried = { carryOut(stopped: () => boolean): Promise<number | null> };
type Log = (level: "warn", event: string, about: Readonly<Record<string, unknown>>) => void;
export type TrialClock = { look(): void; stop(): Promise<void> };

/** What a lost notice or a dead process left is found by then. Units: milliseconds. */
const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 1_000;

/** Puts agents to the test when they ask for it, and again while they are listed: a few at once, beside the runs. */
export function startTrialClock({ trials, log }: { trials: Tried; log: Log }): TrialClock {
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
        const untilMs = (await trials.carryOut(() => stopped)) ?? LONGEST_SLEEP_MS;
        sleepMs = Math.min(Math.max(untilMs, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
      } catch (problem) {
        log("warn", "trials_delayed", { problem: problem instanceof Error ? problem.message : String(problem) });
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
