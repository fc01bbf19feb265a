/** What the clock works with: questions climb their ladders. Gives the time until the next does. Units: milliseconds. */
export type Ladders = { climb(): Promise<number | null> };
type Log = (level: "warn", event: string, about: Readonly<Record<string, unknown>>) => void;
export type ApprovalClock = { stop(): Promise<void> };

/** A question that was put meanwhile is found by then; no step of a ladder is shorter than a minute. */
const LONGEST_SLEEP_MS = 15_000;
const SHORTEST_SLEEP_MS = 500;

/** Lets questions climb, beside any number of other workers: each step is taken by one of them, in the database's time. */
export function startApprovalClock({ ladders, log }: { ladders: Ladders; log: Log }): ApprovalClock {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    let sleepMs = LONGEST_SLEEP_MS;
    try {
      sleepMs = (await ladders.climb()) ?? LONGEST_SLEEP_MS;
    } catch (problem) {
      log("warn", "ladders_delayed", { problem: problem instanceof Error ? problem.message : String(problem) });
    }
    if (!stopped) timer = setTimeout(begin, Math.min(Math.max(sleepMs, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS));
  }

  function begin(): void {
    round = look();
  }

  begin();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
