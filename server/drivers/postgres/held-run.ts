import type { OperationId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import type { ClockPort } from "@/flows/ports/clock";
import type { SigningKey } from "@/flows/receipts/keys";
import { unrepeatable } from "@/flows/run/commands";
import type { Answer } from "@/flows/run/events";
import type { Effect } from "@/flows/run/perform";
import { type Advance, advance } from "./advance";
import type { Committer } from "./committer";
import type { Lease } from "./leases";
import type { Taken } from "./loading";
import { type Letter, openLetter } from "./mail";
import { type Happening, isEffect, type OutboxKey } from "./standing";
import { dueTimers, earliestDue } from "./timers";
import { type Prepared, prepare } from "./writing";

/** How a run in memory ends there: `parked` it waits, `lost` it is another worker's, `stopped` it broke. */
export type End =
  | { how: "parked"; mailWaits: boolean; wakeAtMs: number | null }
  | { how: "lost" }
  | { how: "broke"; problem: unknown };

/** Null: it is done, and no event says so. "skipped": nothing was sent. */
type CarriedOut = Answer | null | "skipped";

/** What every run in memory is given. */
export type World = {
  committer: Committer;
  clock: ClockPort;
  key: SigningKey;
  readMail(lease: Lease): Promise<readonly Letter[]>;
  /** Carries a command out when there is room for it, unless `isOver` says by then that nobody waits any more. */
  carryOut(work: { plan: Plan; command: Effect; isOver(): boolean }): Promise<CarriedOut>;
  ended(run: HeldRun, end: End): void;
};

export type HeldRun = Lease & {
  begin(): void;
  mailCame(): void;
  /** Starts nothing new; what is under way may still be journalled. */
  drain(): void;
  isIdle(): boolean;
  /** Lets go of the run at once: whatever still comes back for it is dropped. */
  forget(): void;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * One run in memory, moved by one turn at a time: take in what has come, commit what that makes of the run, and only
 * then carry out what it asks for.
 */
export function holdRun({ run, token }: Lease, taken: Taken, world: World): HeldRun {
  let standing = taken.standing;
  const happened: Happening[] = [];
  const done: OutboxKey[] = [];
  const marks = new Set<OutboxKey>();
  const working = new Set<OutboxKey>();
  const strays: OperationId[] = [];
  const unsent = new Set<OutboxKey>(standing.outbox.keys());
  let [again, turning, over, draining, mail] = [false, false, false, false, false];
  let timer: NodeJS.Timeout | undefined;

  const held: HeldRun = {
    run,
    token,
    begin() {
      for (const [key, { command, sent }] of standing.outbox)
        if (sent && unrepeatable(standing.plan, command)) loseAnswer(key);
      kick();
    },
    mailCame() {
      mail = true;
      kick();
    },
    drain() {
      draining = true;
    },
    isIdle: () => !turning && working.size === 0,
    forget: () => end(null),
  };
  let first: Taken | null = taken;

  /** A call that may be made once was under way when its worker went away: whether it was made, only a person can say. */
  function loseAnswer(key: OutboxKey): void {
    unsent.delete(key);
    const operation = key.slice(key.indexOf(" ") + 1) as OperationId;
    happened.push({ event: { type: "outcome_lost", operation }, atMs: world.clock.now(), of: key, mail: null });
  }

  function kick(): void {
    again = true;
    if (turning || over) return;
    turning = true;
    turns().catch((problem: unknown) => end({ how: "broke", problem }));
  }

  async function turns(): Promise<void> {
    while (again && !over) {
      again = false;
      await turn();
    }
    turning = false;
  }

  async function turn(): Promise<void> {
    await gather();
    if (over) return;
    const taking = happened.splice(0).sort((a, b) => a.atMs - b.atMs);
    const marking = [...marks].filter((key) => standing.outbox.has(key));
    marks.clear();
    const advanced = advance(standing, taking, world.key);
    const prepared = prepare(standing, advanced, {
      token,
      mail: taking.flatMap(({ mail }) => (mail === null ? [] : [mail])),
      done: done.splice(0),
      marks: marking,
      strays: strays.splice(0),
      busy: working.size > 0 || mail,
      nowMs: world.clock.now(),
    });
    if (prepared && !(await commit(prepared, advanced))) return;
    send(new Set(marking));
    setTimer();
  }

  /** False when the run is over with it: it parks, or it is not ours any more. */
  async function commit({ write, outbox }: Prepared, { state, seq, lastAtMs, chain }: Advance): Promise<boolean> {
    const written = await world.committer.commit(write);
    if (!written.kept) end({ how: "lost" });
    // `mail`: its notice overtook the answer to our commit, and nobody else will look.
    else if (write.parks) end({ how: "parked", mailWaits: written.mailWaits || mail, ...write.parks });
    if (over) return false;
    const snapshotSeq = write.snapshot === null ? standing.snapshotSeq : seq;
    standing = { ...standing, state, seq, lastAtMs, chain, snapshotSeq, outbox };
    for (const key of write.put.keys()) unsent.add(key);
    return true;
  }

  /** At the first turn what was loaded, later what has come by mail; and every timer whose time has come. */
  async function gather(): Promise<void> {
    const letters = first?.letters ?? (mail ? await readNow() : []);
    happened.push(...letters.map(openLetter), ...dueTimers(standing.outbox, world.clock.now(), first?.due));
    first = null;
  }

  function readNow(): Promise<readonly Letter[]> {
    mail = false; // before reading: what is written while we read raises it again
    return world.readMail({ run, token });
  }

  /** Carries out what is committed and not sent yet. A call that may be made once is marked first, in a turn of its own. */
  function send(marked: ReadonlySet<OutboxKey>): void {
    if (draining) return;
    for (const key of unsent) {
      unsent.delete(key);
      const command = standing.outbox.get(key)?.command;
      if (!command || !isEffect(command) || working.has(key)) continue;
      if (unrepeatable(standing.plan, command) === null || marked.has(key)) carryOut(key, command);
      else {
        marks.add(key);
        again = true;
      }
    }
  }

  function carryOut(key: OutboxKey, command: Effect): void {
    working.add(key);
    const { plan } = standing;
    world.carryOut({ plan, command, isOver: () => over || draining }).then(
      (answer) => {
        working.delete(key);
        if (answer === "skipped") return;
        if (answer) happened.push({ event: answer, atMs: world.clock.now(), of: key, mail: null });
        else settle(key, command);
        kick();
      },
      (problem: unknown) => end({ how: "broke", problem }),
    );
  }

  /** A question that was put after it had been given up stands before people and must be taken back. */
  function settle(key: OutboxKey, command: Effect): void {
    done.push(key);
    if (command.do === "ask" && !standing.outbox.has(key)) strays.push(command.with.operation);
  }

  function setTimer(): void {
    clearTimeout(timer);
    const dueMs = earliestDue(standing.outbox);
    if (dueMs === null || over) return;
    const waitMs = Math.max(dueMs - world.clock.now(), 0);
    timer = setTimeout(kick, Math.min(waitMs, LONGEST_TIMER_MS));
  }

  function end(how: End | null): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    if (how) world.ended(held, how);
  }

  return held;
}
