import type { AccountId, OperationId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import type { ClockPort } from "@/flows/ports/clock";
import type { SigningKey } from "@/flows/receipts/keys";
import { maybeSent, unrepeatable } from "@/flows/run/commands";
import type { Answer } from "@/flows/run/events";
import type { Effect } from "@/flows/run/perform";
import { type Advance, advance } from "./advance";
import type { Claimed } from "./claiming";
import type { Committer } from "./committer";
import { abandoned, type Delay, isDelayed, isHeldUp, madeBefore, UNTIL_RESUMED_MS } from "./delays";
import { heldUp, withoutTurn } from "./held-up";
import type { Lease } from "./leases";
import type { Letter } from "./letter-shape";
import type { Taken } from "./loading";
import { type Dead, openLetter } from "./mail";
import { type Happening, isEffect, type OutboxKey, type Outgoing } from "./standing";
import { dueTimers, earliestDue } from "./timers";
import { type Prepared, prepare } from "./writing";

/** How a run in memory ends there: `parked` it waits, `lost` it is another worker's, `stopped` it broke. */
export type End =
  | { how: "parked"; mailWaits: boolean; wakeAtMs: number | null }
  | { how: "lost" }
  | { how: "broke"; problem: unknown };

/** Null: it is done, and no event says so. "skipped": nothing was sent; with a time, because it is over a limit till then. */
export type CarriedOut = Answer | null | "skipped" | { notBeforeMs: number };

/** A command to carry out. One that is `admitted` has been let through by the limits already. */
export type Work = {
  owner: AccountId;
  plan: Plan;
  command: Effect;
  admitted: boolean;
  /** Asked when there is room for it. False when nobody waits for it any more. */
  begin(): Promise<boolean>;
};

/** What every run in memory is given. */
export type World = {
  committer: Committer;
  clock: ClockPort;
  key: SigningKey;
  readMail(lease: Lease): Promise<readonly Letter[]>;
  /** Carries a command out when it is its turn. */
  carryOut(work: Work): Promise<CarriedOut>;
  /** A call that was given a turn will not be made. */
  givenUp(work: Pick<Work, "owner" | "plan" | "command">): void;
  letterDied(run: Lease, dead: Dead): void;
  ended(run: HeldRun, end: End): void;
};

export type HeldRun = Lease & {
  owner: AccountId;
  begin(): void;
  mailCame(): void;
  /** Starts nothing new; what is under way may still be journalled. */
  drain(): void;
  /** Nothing is under way, whatever waits for its place. */
  isIdle(): boolean;
  /** Lets go of the run at once: whatever still comes back for it is dropped. */
  forget(): void;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * One run in memory, moved by one turn at a time: take in what has come, commit what that makes of the run, and only
 * then carry out what it asks for.
 */
export function holdRun({ run, token, owner }: Claimed, taken: Taken, world: World): HeldRun {
  let standing = taken.standing;
  const happened: Happening[] = [];
  const done: OutboxKey[] = [];
  const dead: Dead[] = [];
  const marks = new Map<OutboxKey, (isMarked: boolean) => void>();
  const delays = new Map<OutboxKey, Delay>();
  let holding = new Map<OutboxKey, Delay>(); // what the turn that is being committed holds up or lets go
  const working = new Set<OutboxKey>();
  const begun = new Set<OutboxKey>(); // of those, the ones that do not only wait for a place
  const strays: OperationId[] = [];
  const unsent = new Set<OutboxKey>(standing.outbox.keys());
  const maybeMade = madeBefore(standing, world.clock.now());
  let [again, turning, over, draining, mail] = [false, false, false, false, false];
  let timer: NodeJS.Timeout | undefined;

  const held: HeldRun = {
    run,
    token,
    owner,
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
    isIdle: () => !turning && begun.size === 0,
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
    const marking = [...marks.keys()];
    const advanced = advance(standing, taking, world.key);
    holding = heldUp(standing, advanced, (key) => begun.has(key) || maybeMade.has(key));
    const turnless = withoutTurn(standing.outbox, holding, delays);
    const delaying = new Map([...delays, ...holding]);
    const prepared = prepare(standing, advanced, {
      token,
      mail: taking.flatMap(({ mail }) => (mail === null ? [] : [mail])),
      dead: dead.splice(0),
      done: done.splice(0),
      marks: marking,
      delays: delaying,
      strays: strays.splice(0),
      busy: working.size > 0 || mail,
      nowMs: world.clock.now(),
    });
    if (prepared && !(await commit(prepared, advanced))) return;
    for (const outgoing of turnless) handBack(outgoing);
    for (const key of delaying.keys()) delays.delete(key);
    holding.clear();
    for (const key of marking) tellMarked(key);
    send();
    setTimer();
  }

  /** False when the run is over with it: it parks, or it is not ours any more. */
  async function commit({ write, outbox, put }: Prepared, { state, seq, lastAtMs, chain }: Advance): Promise<boolean> {
    const written = await world.committer.commit(write);
    if (!written.kept) end({ how: "lost" });
    // `mail`: its notice overtook the answer to our commit, and nobody else will look.
    else if (write.parks) end({ how: "parked", mailWaits: written.mailWaits || mail, ...write.parks });
    if (over) return false;
    const snapshot = write.snapshot === null ? {} : { snapshotSeq: seq, snapshotSize: write.snapshot.length };
    standing = { ...standing, state, seq, lastAtMs, chain, ...snapshot, outbox };
    for (const key of put) unsent.add(key);
    return true;
  }

  /** At the first turn what was loaded, later what has come by mail; and every timer whose time has come. */
  async function gather(): Promise<void> {
    const letters = first?.letters ?? (mail ? await readNow() : []);
    for (const letter of letters) open(letter);
    happened.push(...dueTimers(standing.outbox, world.clock.now(), first?.due));
    first = null;
  }

  /** A run that has not begun has one letter to begin with: without it there is nothing to go on from. */
  function open(letter: Letter): void {
    const opened = openLetter(letter);
    if (!("cause" in opened)) happened.push(opened);
    else if (standing.state === null) throw new TypeError(`The run cannot begin. ${opened.cause}`);
    else {
      dead.push(opened);
      world.letterDied({ run, token }, opened);
    }
  }

  function readNow(): Promise<readonly Letter[]> {
    mail = false; // before reading: what is written while we read raises it again
    return world.readMail({ run, token });
  }

  /** Carries out what is committed and not sent yet, and whose turn has come. */
  function send(): void {
    if (draining) return;
    for (const key of unsent) {
      const outgoing = standing.outbox.get(key);
      const delayed = delays.has(key) || (outgoing && isDelayed(outgoing, world.clock.now()));
      if (delayed && !(outgoing && giveUp(key, outgoing))) continue;
      unsent.delete(key);
      if (delayed || !outgoing || !isEffect(outgoing.command) || working.has(key)) continue;
      carryOut(key, outgoing.command, outgoing);
    }
  }

  /** A call whose turn has not come is not waited for by a run that ends. */
  function giveUp(key: OutboxKey, outgoing: Outgoing): boolean {
    const refused = delays.has(key) ? null : abandoned(standing, key, outgoing);
    if (!refused) return false;
    happened.push({ ...refused, atMs: world.clock.now(), mail: null });
    if (!isHeldUp(outgoing)) handBack(outgoing);
    again = true;
    return true;
  }

  function handBack({ command }: Outgoing): void {
    world.givenUp({ owner, plan: standing.plan, command: command as Effect });
  }

  function carryOut(key: OutboxKey, asked: Effect, { notBeforeMs }: Outgoing): void {
    working.add(key);
    const command = maybeMade.has(key) ? maybeSent(asked) : asked;
    const { plan } = standing;
    const admitted = notBeforeMs !== undefined;
    world.carryOut({ owner, plan, command, admitted, begin: () => begin(key, command) }).then(
      (answer) => {
        working.delete(key);
        begun.delete(key);
        if (answer === "skipped") unsent.add(key);
        else if (answer && "notBeforeMs" in answer) delay(key, answer.notBeforeMs);
        else if (answer) happened.push({ event: answer, atMs: world.clock.now(), of: key, mail: null });
        else settle(key, command);
        kick();
      },
      (problem: unknown) => end({ how: "broke", problem }),
    );
  }

  /** Whether a call does not leave because its run is paused, or is just about to be. */
  function isWaiting(key: OutboxKey): boolean {
    const outgoing = standing.outbox.get(key);
    return holding.get(key)?.notBeforeMs === UNTIL_RESUMED_MS || (outgoing !== undefined && isHeldUp(outgoing));
  }

  function delay(key: OutboxKey, notBeforeMs: number): void {
    const outgoing = standing.outbox.get(key);
    if (outgoing && isWaiting(key)) handBack(outgoing);
    else delays.set(key, { notBeforeMs, sent: maybeMade.has(key) });
    unsent.add(key);
  }

  /** A call that may be made once is marked when there is room for it and not before: one that never left is not lost. */
  async function begin(key: OutboxKey, command: Effect): Promise<boolean> {
    if (over || draining || isWaiting(key) || !standing.outbox.has(key)) return false;
    begun.add(key);
    if (unrepeatable(standing.plan, command) === null) return true;
    return new Promise((told) => {
      marks.set(key, told);
      kick();
    });
  }

  function tellMarked(key: OutboxKey): void {
    marks.get(key)?.(standing.outbox.get(key)?.sent === true);
    marks.delete(key);
  }

  /** A question that was put after it had been given up stands before people and must be taken back. */
  function settle(key: OutboxKey, command: Effect): void {
    done.push(key);
    if (command.do === "ask" && !standing.outbox.has(key)) strays.push(command.with.operation);
  }

  function setTimer(): void {
    clearTimeout(timer);
    const nowMs = world.clock.now();
    const dueMs = earliestDue(standing.outbox, nowMs);
    if (dueMs === null || over) return;
    const waitMs = Math.max(dueMs - nowMs, 0);
    timer = setTimeout(kick, Math.min(waitMs, LONGEST_TIMER_MS));
  }

  function end(how: End | null): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    for (const told of marks.values()) told(false);
    if (how) world.ended(held, how);
  }

  return held;
}
