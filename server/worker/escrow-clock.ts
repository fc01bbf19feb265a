import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { type FundedRun, startFundedRun } from "@/server/use-cases/start-funded-run";
import { listenFor } from "./bell";

/** What the clock works with: everything about escrows that a worker does, one round at a time. */
export type EscrowRail = {
  /** Says whose keys this worker holds: messages are built for them. */
  announce(): Promise<void>;
  /** Takes every intent that is due a step further. True when one moved, so that the next step may be due at once. */
  carry(): Promise<boolean>;
  /** Escrows that are open and whose run has not been started. */
  funded(): Promise<FundedRun[]>;
  /** Writes down that a run was started, or why it never will be. */
  started(run: RunId, notStarted: object | null): Promise<void>;
  /** Writes settlements down for escrows that no run will use, or that cannot wait for theirs, and tells how many. */
  giveBack(): Promise<number>;
  /** Milliseconds until something is due; null when nothing is. */
  untilNext(): Promise<number | null>;
  /** Reads some of what is new in finalized history. Tells how many transactions that were; none when there are no more. */
  readOn(): Promise<number>;
};

type Log = (level: "info" | "warn" | "error", event: string, about: Readonly<Record<string, unknown>>) => void;
type Needs = Parameters<typeof startFundedRun>[0];
export type EscrowClockOptions = { pool: Pool; rail: EscrowRail; services(): Needs; log: Log };
export type EscrowClock = { stop(): Promise<void> };

/** What a lost notice or a dead worker left is found by then. Units: milliseconds. */
const LONGEST_SLEEP_MS = 15_000;
const SHORTEST_SLEEP_MS = 20;
const AFTER_TROUBLE_MS = 1_000;
const READ_EVERY_MS = 2_000;

/**
 * Carries what is due to the chain, starts the runs whose escrow is there, and gives back what no run will use. Whatever it
 * does is written down first, so that any number of workers can do it and any of them die.
 */
export async function startEscrowClock({ pool, rail, services, log }: EscrowClockOptions): Promise<EscrowClock> {
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
        sleepMs = await doDue();
      } catch (problem) {
        log("warn", "escrows_delayed", { problem: worded(problem) });
        sleepMs = AFTER_TROUBLE_MS;
      }
    }
    if (!stopped) timer = setTimeout(look, sleepMs);
  }

  /** Milliseconds to sleep, unless something moved: then the next step may be due at once. */
  async function doDue(): Promise<number> {
    const moved = await rail.carry();
    await startFunded();
    const given = await rail.giveBack();
    if (moved || given > 0) rung = true;
    return Math.min(Math.max((await rail.untilNext()) ?? LONGEST_SLEEP_MS, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
  }

  async function startFunded(): Promise<void> {
    for (const funded of await rail.funded()) {
      try {
        const started = await startFundedRun(services(), funded);
        if (!started.ok) log("warn", "funded_run_not_started", { run: funded.run, code: started.error.code });
        await rail.started(funded.run, started.ok ? null : started.error);
      } catch (problem) {
        // It is tried again in the next round; the money of others does not wait for it.
        log("error", "funded_run_broke", { run: funded.run, problem: worded(problem) });
      }
    }
  }

  await rail.announce();
  const bell = await listenFor(["chain_intent"], pool, look);
  const reading = startReading(rail, log);
  look();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      bell.stop();
      await round;
      await reading.stop();
    },
  };
}

/**
 * History is read in a loop of its own: however much of it there is, and however slow a server, nothing that is to be
 * carried waits for it. A little behind the rest: what is final is found whenever it is read.
 */
function startReading(rail: Pick<EscrowRail, "readOn">, log: Log): EscrowClock {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let reading: Promise<void> = read();

  async function read(): Promise<void> {
    let nextMs = READ_EVERY_MS;
    try {
      const found = await rail.readOn();
      if (found > 0) nextMs = SHORTEST_SLEEP_MS; // there may be more
    } catch (problem) {
      log("warn", "history_delayed", { problem: worded(problem) });
    }
    if (stopped) return;
    timer = setTimeout(() => {
      reading = read();
    }, nextMs);
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await reading;
    },
  };
}

const worded = (problem: unknown) => (problem instanceof Error ? problem.message : String(problem));
