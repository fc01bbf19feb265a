import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import type { Ports } from "@/flows/ports/ports";
import type { SigningKey } from "@/flows/receipts/keys";
import { perform } from "@/flows/run/perform";
import { committer, type OnCommit } from "./committer";
import { dueRuns } from "./due-runs";
import { type End, type HeldRun, holdRun, type World } from "./held-run";
import { type Claimed, giveBack, heldWithMail, type Lease, renew, stopAtFault } from "./leases";
import { listen } from "./listening";
import { load } from "./loading";
import { readMail } from "./mail";
import { planShelf } from "./plans";
import { isMachineTrouble } from "./trouble";
import { together, turnstile } from "./turns";

/** What the driver tells its operator. Never an input, an output or a key. */
export type DriverLog = (
  level: "info" | "warn" | "error",
  event: string,
  about: Readonly<Record<string, unknown>>,
) => void;

/** Units: milliseconds. A lease is longer than any pause of the process, and renewed several times while it lasts. */
export type Timing = { leaseMs: number; renewMs: number; sweepMs: number; drainMs: number };

export type DriverOptions = {
  pool: Pool;
  ports: Ports;
  key: SigningKey;
  log: DriverLog;
  onCommit?: OnCommit | undefined;
  timing?: Partial<Timing> | undefined;
};

export type Driver = {
  /** Lets what is under way end, for a while, and gives every run back. */
  stop(): Promise<void>;
  /** How many runs are in memory now. */
  held(): number;
};

const TIMING: Timing = { leaseMs: 8_000, renewMs: 2_500, sweepMs: 15_000, drainMs: 3_000 };
const MOST_HELD = 512;
const SEND_AT_ONCE = 32;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
const LONGEST_FAULT = 500;

/**
 * Drives the runs of one database, beside any number of other drivers. One of them holds a run at a time, by a lease
 * whose token is in everything that it writes; everybody else leaves mail. Resolves once it takes runs.
 */
export async function startDriver({ pool, ports, key, log, onCommit, timing }: DriverOptions): Promise<Driver> {
  const { leaseMs, renewMs, sweepMs, drainMs } = { ...TIMING, ...timing };
  const runs = new Map<RunId, HeldRun>();
  const plans = planShelf(pool);
  const throughGate = turnstile(SEND_AT_ONCE);
  let [recovering, stopping] = [false, false];

  const world: World = {
    committer: committer({ pool, onCommit }),
    clock: ports.clock,
    key,
    readMail: together(async (leases: readonly Lease[]) => {
      const mail = await readMail(pool, leases);
      return ({ run }) => mail.get(run) ?? [];
    }),
    carryOut: ({ plan, command, isOver }) =>
      throughGate(async () => (isOver() ? "skipped" : perform(plan, command, ports))),
    ended,
  };

  const due = dueRuns({
    pool,
    leaseMs,
    room: () => (recovering || stopping ? 0 : MOST_HELD - runs.size),
    take,
    failed: trouble,
  });

  async function take(claimed: readonly Claimed[]): Promise<void> {
    const loaded = await load(pool, plans, claimed);
    if (recovering) return; // their leases run out by themselves
    for (const lease of claimed) {
      try {
        const held = holdRun(lease, loaded(lease), world);
        runs.get(lease.run)?.forget(); // our own lease ran out before we could renew it
        runs.set(lease.run, held);
        held.begin();
      } catch (problem) {
        stopRun(lease, problem);
      }
    }
  }

  function ended(held: HeldRun, end: End): void {
    if (end.how === "broke" && isMachineTrouble(end.problem)) {
      recover(end.problem);
      return;
    }
    if (runs.get(held.run) === held) runs.delete(held.run);
    if (end.how === "broke") stopRun(held, end.problem);
    else if (end.how === "lost") log("warn", "lease_lost", { run: held.run });
    else if (end.wakeAtMs !== null) due.lookAt(end.wakeAtMs);
    const wasFull = runs.size === MOST_HELD - 1;
    if (wasFull || (end.how === "parked" && end.mailWaits)) due.look();
  }

  /** A bug stops the one run that met it, and is seen; it is not tried again until a person says so. */
  function stopRun({ run, token }: Lease, problem: unknown): void {
    const words = problem instanceof Error ? problem.message : String(problem);
    const fault = words.replaceAll("\0", "").slice(0, LONGEST_FAULT);
    stopAtFault(pool, { run, token }, fault).then((stopped) => {
      const told = problem instanceof Error ? (problem.stack ?? words) : words;
      // Another worker has it by now, and what we stumbled over may be no more than what that one wrote meanwhile.
      if (stopped) log("error", "run_stopped", { run, problem: told });
      else log("warn", "lease_lost", { run, problem: told });
    }, trouble);
  }

  function passing(problem: unknown): void {
    if (!isMachineTrouble(problem)) throw problem;
  }

  function trouble(problem: unknown): void {
    if (isMachineTrouble(problem)) recover(problem);
    else if (!stopping) broken(problem);
  }

  /** The database went away, and with it all that we knew of our runs: they are forgotten, and taken up again. */
  function recover(problem: unknown): void {
    if (recovering || stopping) return;
    recovering = true;
    log("warn", "database_lost", { problem: problem instanceof Error ? problem.message : String(problem) });
    const leases = forgetAll();
    comeBack(leases).then(() => {
      recovering = false;
      log("info", "database_back", { runs: leases.length });
      due.look();
    }, broken);
  }

  function forgetAll(): Lease[] {
    const leases = [...runs.values()].map(({ run, token }) => ({ run, token }));
    for (const held of runs.values()) held.forget();
    runs.clear();
    return leases;
  }

  async function comeBack(leases: readonly Lease[]): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; !stopping; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      try {
        return await giveBack(pool, leases);
      } catch (problem) {
        if (!isMachineTrouble(problem)) throw problem;
      }
    }
  }

  function broken(problem: unknown): void {
    log("error", "driver_broken", { problem: String(problem) });
    throw problem; // nobody is left to catch it: the process ends, and whoever watches it starts it again
  }

  async function keepLeases(): Promise<void> {
    const leases = [...runs.values()];
    if (leases.length === 0 || recovering) return;
    const kept = await renew(pool, leases, leaseMs);
    for (const held of leases) {
      if (kept.has(held.run) || runs.get(held.run) !== held) continue;
      held.forget();
      ended(held, { how: "lost" });
    }
  }

  async function sweep(): Promise<void> {
    if (recovering) return;
    due.look();
    if (runs.size === 0) return;
    for (const run of await heldWithMail(pool)) runs.get(run)?.mailCame();
  }

  const listening = await listen(pool, {
    onMail(run) {
      const held = runs.get(run as RunId);
      if (held) held.mailCame();
      else due.look();
    },
    onBack: () => void sweep().catch(trouble),
    onLost: (problem) => log("warn", "listening_lost", { problem: problem.message }),
  });
  const renewing = setInterval(() => void keepLeases().catch(trouble), renewMs);
  const sweeping = setInterval(() => void sweep().catch(trouble), sweepMs);
  due.look();

  return {
    held: () => runs.size,
    async stop() {
      if (stopping) return;
      due.stop();
      listening.stop();
      clearInterval(sweeping);
      const untilMs = Date.now() + drainMs;
      for (const held of runs.values()) held.drain();
      while ([...runs.values()].some((held) => !held.isIdle()) && Date.now() < untilMs && !recovering)
        await new Promise((resolve) => setTimeout(resolve, 20));
      stopping = true;
      clearInterval(renewing);
      await giveBack(pool, forgetAll()).catch(passing); // without a database the leases run out by themselves
    },
  };
}
