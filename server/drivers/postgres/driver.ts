import type { Pool } from "pg";
import type { AccountId, RunId } from "@/flows/basics/ids";
import type { Ports } from "@/flows/ports/ports";
import type { SigningKey } from "@/flows/receipts/keys";
import { callRates } from "./call-rates";
import { agentOf, carryingOut, LIMITS, type Limits, type OnDelivered } from "./carrying-out";
import type { Claimed } from "./claiming";
import { committer, type OnCommit } from "./committer";
import { dueRuns } from "./due-runs";
import { type End, type HeldRun, holdRun, type World } from "./held-run";
import { giveBack, heldWithMail, type Lease, renew, stopAtFault } from "./leases";
import { listen } from "./listening";
import { load } from "./loading";
import { readMail } from "./mail";
import { planShelf } from "./plans";
import { together } from "./together";
import { isMachineTrouble } from "./trouble";

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
  onDelivered?: OnDelivered | undefined;
  timing?: Partial<Timing> | undefined;
  limits?: Partial<Limits> | undefined;
};

export type Driver = {
  /** Lets what is under way end, for a while, and gives every run back. */
  stop(): Promise<void>;
  /** How many runs are in memory now. */
  held(): number;
};

// Whoever stops a worker gives it ten seconds (server/launch/bring-up.mjs): eight for what is under way, two to hand over.
const TIMING: Timing = { leaseMs: 8_000, renewMs: 2_500, sweepMs: 15_000, drainMs: 8_000 };
const MOST_HELD = 512;
const DRAIN_PACE_MS = 20;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
const LONGEST_FAULT = 500;

/**
 * Drives the runs of one database, beside any number of other drivers. One of them holds a run at a time, by a lease
 * whose token is in everything that it writes; everybody else leaves mail. Resolves once it takes runs.
 */
export async function startDriver(options: DriverOptions): Promise<Driver> {
  const { pool, ports, key, log, onCommit, onDelivered, timing } = options;
  const limits = { ...LIMITS, ...options.limits };
  const { leaseMs, renewMs, sweepMs, drainMs } = { ...TIMING, ...timing };
  const runs = new Map<RunId, HeldRun>();
  const plans = planShelf(pool);
  const rates = limits.rate && callRates({ pool, rate: limits.rate });
  let [recovering, draining, stopping] = [false, false, false];

  const world: World = {
    committer: committer({ pool, onCommit }),
    clock: ports.clock,
    key,
    readMail: together(async (leases: readonly Lease[]) => {
      const mail = await readMail(pool, leases);
      return ({ run }) => mail.get(run) ?? [];
    }),
    carryOut: carryingOut({ ports, limits, rates, onDelivered }),
    givenUp({ owner, plan, command }) {
      const agent = agentOf({ plan, command });
      if (agent !== null) rates?.handBack([{ owner, agent }]).catch(trouble);
    },
    letterDied: ({ run }, { cause }) => log("error", "letter_died", { run, cause }),
    ended,
  };

  const due = dueRuns({
    pool,
    leaseMs,
    room: () => ({ free: recovering || draining ? 0 : MOST_HELD - runs.size, held: heldByOwner() }),
    take,
    failed: trouble,
  });

  function heldByOwner(): ReadonlyMap<AccountId, number> {
    const held = new Map<AccountId, number>();
    for (const { owner } of runs.values()) held.set(owner, (held.get(owner) ?? 0) + 1);
    return held;
  }

  async function take(claimed: readonly Claimed[]): Promise<void> {
    const loaded = await load(pool, plans, claimed);
    if (recovering) return; // their leases run out by themselves
    if (draining) return giveBack(pool, claimed);
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
    if (end.how === "parked" && end.mailWaits) due.look();
    else due.hasRoom();
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
      due.wake();
    }, broken);
  }

  const forgetAll = () => forget([...runs.values()]);

  function forget(leaving: readonly HeldRun[]): Lease[] {
    for (const held of leaving) {
      held.forget();
      runs.delete(held.run);
    }
    return leaving.map(({ run, token }) => ({ run, token }));
  }

  /** Nobody waits for the slowest call: what has nothing under way is another worker's at once. */
  async function giveBackIdle(): Promise<void> {
    const idle = [...runs.values()].filter((held) => held.isIdle());
    await giveBack(pool, forget(idle)).catch(trouble);
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
    due.wake();
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
      if (draining) return;
      draining = true;
      listening.stop();
      clearInterval(sweeping);
      for (const held of runs.values()) held.drain();
      await due.stop(); // what it claimed meanwhile goes back at once
      const untilMs = Date.now() + drainMs;
      while (runs.size > 0 && Date.now() < untilMs && !recovering) {
        await giveBackIdle();
        await new Promise((resolve) => setTimeout(resolve, DRAIN_PACE_MS));
      }
      stopping = true;
      clearInterval(renewing);
      await giveBack(pool, forgetAll()).catch(passing); // without a database the leases run out by themselves
    },
  };
}
