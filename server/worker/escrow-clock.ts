import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { type FundedRun, startFundedRun } from "@/server/use-cases/start-funded-run";
import { listenFor } from "./bell";
import { type DueClock, startDueClock } from "./due-clock";

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

const READ_EVERY_MS = 2_000;
const CARRYING = { shortestMs: 20, longestMs: 15_000, afterTroubleMs: 1_000 };
const READING = { shortestMs: 20, longestMs: READ_EVERY_MS, afterTroubleMs: READ_EVERY_MS };

/**
 * Carries what is due to the chain, starts the runs whose escrow is there, and gives back what no run will use. Whatever it
 * does is written down first, so that any number of workers can do it and any of them die.
 */
export async function startEscrowClock({ pool, rail, services, log }: EscrowClockOptions): Promise<EscrowClock> {
  let clock: DueClock | undefined;

  async function carryOut(): Promise<number | null> {
    const moved = await rail.carry();
    await startFunded();
    const given = await rail.giveBack();
    if (moved || given > 0) clock?.look(); // the next step may be due at once
    return rail.untilNext();
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
  const bell = await listenFor(["chain_intent"], pool, () => clock?.look());
  clock = startDueClock({ work: { carryOut }, delayed: "escrows_delayed", log, sleep: CARRYING });
  // In a loop of its own: however much history there is, and however slow a server, nothing that is to be carried waits for
  // it. A little behind the rest: what is final is found whenever it is read.
  const reading = startDueClock({ work: { carryOut: readOn }, delayed: "history_delayed", log, sleep: READING });
  const clocks = [clock, reading];

  async function readOn(): Promise<number | null> {
    return (await rail.readOn()) > 0 ? 0 : null; // there may be more
  }

  return {
    async stop() {
      bell.stop();
      await Promise.all(clocks.map((each) => each.stop()));
    },
  };
}

const worded = (problem: unknown) => (problem instanceof Error ? problem.message : String(problem));
