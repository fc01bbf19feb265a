import { eve } from "@/server/drivers/postgres/rig.contract";
import { type Dice, oneOf } from "./dice.contract";
import type { Gate, Gates } from "./gates.contract";
import type { House, Matter, Worker } from "./house.contract";
import type { VirtualTime } from "./virtual-time.contract";

export type Play = { house: House; gates: Gates; time: VirtualTime; dice: Dice; trace: string[] };

const WORKERS = 2;
const MOST_MOVES = 30_000;
const MOST_DISTURBANCES = 12;
/** One move in so many is a disturbance, while there are any left. */
const CALM = 6;
/** From a moment to longer than a lease. Units: milliseconds. */
const PAUSES = [5, 200, 2_600, 9_000];

/** Lets one thing happen at a time, by the dice, until every run has ended and nobody has anything left to do. */
export async function play(given: Play): Promise<void> {
  const { gates, house, dice } = given;
  let disturbances = dice(MOST_DISTURBANCES + 1);
  while (house.workers.length < WORKERS) await house.hire();
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    await gates.rest();
    if (disturbances > 0 && dice(CALM) === 0) {
      disturbances -= 1;
      await disturb(given);
    } else if (!goOn(given) && (await quiet(given))) return;
  }
  throw new Error(`not over after ${MOST_MOVES} moves`);
}

/** Lets one gate or one notice go. False when there is none that may. */
function goOn({ gates, house, dice, trace }: Play): boolean {
  const frozen = house.workers.filter((worker) => worker.frozen).map(({ name }) => name);
  const free = gates.waiting.filter(({ who }) => !frozen.includes(who));
  const notices = house.notices.filter(({ to }) => !to.frozen);
  if (free.length + notices.length === 0) return false;
  const chosen = dice(free.length + notices.length);
  const gate = free[chosen];
  const notice = notices[chosen - free.length];
  if (gate) {
    trace.push(`${gate.who} ${gate.what}`);
    gates.letGo(gate);
  } else if (notice) {
    trace.push(`${notice.to.name} hears ${notice.run}`);
    house.notices.splice(house.notices.indexOf(notice), 1);
    notice.to.tell(notice.run);
  }
  return true;
}

/** Nobody has anything to do at this moment: people look at what waits for them, and then time passes. True: it is over. */
async function quiet({ house, time, trace, dice }: Play): Promise<boolean> {
  const frozen = house.workers.find((worker) => worker.frozen);
  const { over, matters } = await house.look();
  if (over) {
    if (!frozen) return true;
    trace.push(`${frozen.name} thaws`);
    frozen.frozen = false; // too late for anything that it still wants to write
    return false;
  }
  if (frozen && (dice(4) === 0 || house.workers.every((worker) => worker.frozen))) {
    trace.push(`${frozen.name} thaws`);
    frozen.frozen = false;
  } else if (!(await answerOne({ house, dice, trace }, matters))) {
    trace.push("time");
    await time.passToNextTimer();
  }
  return false;
}

/** Answers something that waits for a person; a question may also be left until its time is over. */
async function answerOne(
  { house, dice, trace }: Pick<Play, "house" | "dice" | "trace">,
  matters: readonly Matter[],
): Promise<boolean> {
  const open = matters.filter((matter) => !isSettled(house, matter));
  const [matter] = open;
  if (!matter) return false;
  house.settled.add(`${matter.operation} ${matter.subject}`);
  const word = oneOf(dice, ["approved", "approved", "approved", "denied", "silent"] as const);
  trace.push(`${word} ${matter.operation}`);
  if (word !== "silent" || matter.subject === null) await house.answer(matter, word === "silent" ? "denied" : word);
  return true;
}

function isSettled({ settled }: House, { operation, subject }: Matter): boolean {
  return settled.has(`${operation} ${subject}`);
}

type Disturbance = (play: Play) => Promise<void> | void;

const DISTURBANCES: Record<string, Disturbance> = {
  async pause({ time, dice, trace }) {
    const ms = oneOf(dice, PAUSES);
    trace.push(`${ms} ms pass`);
    await time.pass(ms);
  },
  freeze({ house, dice, trace }) {
    const worker = oneOf(dice, house.workers);
    worker.frozen = !worker.frozen;
    trace.push(`${worker.name} ${worker.frozen ? "freezes" : "thaws"}`);
  },
  /** Exactly what a lease does that is not renewed in time, to one run and at this moment. */
  async expire({ house, dice, trace }) {
    const run = oneOf(dice, house.runs);
    trace.push(`the lease of ${run} runs out`);
    await house.expire(run);
  },
  async kill({ house, dice, trace }) {
    const worker = oneOf(dice, house.workers);
    trace.push(`${worker.name} dies`);
    house.kill(worker);
    await house.hire();
  },
  async dismiss({ house, dice, trace }) {
    const worker = oneOf(dice, house.workers);
    if (worker.leaving) return;
    trace.push(`${worker.name} is told to stop`);
    house.dismiss(worker);
    await house.hire();
  },
  /** A connection breaks: before a statement was sent, or after it was carried out and before its answer came. */
  sever({ gates, dice, trace }) {
    const breakable = gates.waiting.filter(({ fail }) => fail !== null);
    if (breakable.length === 0) return;
    const gate: Gate = oneOf(dice, breakable);
    trace.push(`${gate.who} ${gate.what} breaks`);
    gates.breakAt(gate);
  },
  deafen({ house, dice, trace }) {
    const worker: Worker = oneOf(dice, house.workers);
    trace.push(`${worker.name} hears nothing for a while`);
    worker.loseEar();
  },
  loseNotice({ house, dice, trace }) {
    const { notices } = house;
    if (notices.length === 0) return;
    const [lost] = notices.splice(dice(notices.length), 1);
    trace.push(`${lost?.to.name} does not hear ${lost?.run}`);
  },
  async answer({ house, dice, trace }) {
    await answerOne({ house, dice, trace }, (await house.look()).matters);
  },
  /** Yes and no sent at once, by one key and by two: at most the first counts. */
  async answerTwice({ house, dice, trace }) {
    const open = (await house.look()).matters.filter(({ subject }) => subject !== null);
    if (open.length === 0) return;
    const matter = oneOf(dice, open);
    trace.push(`${matter.operation} is answered twice`);
    house.settled.add(`${matter.operation} ${matter.subject}`);
    await house.answer(matter, "approved");
    await house.answer(matter, "denied", oneOf(dice, ["", " again"]));
  },
  async cancel({ house, dice, trace }) {
    const run = oneOf(dice, house.runs);
    trace.push(`${run} is stopped`);
    await house.mail(run, "cancel", { type: "cancel_asked", by: eve });
  },
};

const KINDS = Object.values(DISTURBANCES);

async function disturb(given: Play): Promise<void> {
  await oneOf(given.dice, KINDS)(given);
}
