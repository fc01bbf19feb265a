import { eve } from "@/server/drivers/postgres/rig.contract";
import { type Dice, oneOf } from "./dice.contract";
import type { Gate, Gates } from "./gates.contract";
import type { House, Matter, Worker } from "./house.contract";
import type { VirtualTime } from "./virtual-time.contract";

/** What is thrown dice for, and what becomes of it: `crew` workers on one house, whose moves are told in `trace`. */
export type Play = {
  house: House;
  gates: Gates;
  time: VirtualTime;
  dice: Dice;
  crew: number;
  disturbances: number;
  person: (matter: Matter) => "approved" | "denied" | "silent";
  trace: string[];
};

const MOST_MOVES = 30_000;
/** One move in so many is a disturbance, while there are any left. */
const CALM = 6;
/** From a moment to longer than a lease. Units: milliseconds. */
const PAUSES = [5, 200, 2_600, 9_000];

/** Lets one thing happen at a time, by the dice, until every run has ended and nobody has anything left to do. */
export async function play(given: Play): Promise<void> {
  const { gates, house, dice, crew } = given;
  let { disturbances } = given;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    while (house.workers.filter(({ leaving }) => !leaving).length < crew) await house.hire();
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
  const notice = notices[chosen];
  const gate = free[chosen - notices.length];
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
async function quiet(given: Play): Promise<boolean> {
  const { house, time, trace, dice } = given;
  const frozen = house.workers.find((worker) => worker.frozen);
  const { over, matters } = await house.look();
  if (over) {
    if (!frozen) return true;
    trace.push(`${frozen.name} thaws`);
    frozen.frozen = false; // too late for anything that it still wants to write
    return false;
  }
  if (frozen && (dice(4) === 3 || house.workers.every((worker) => worker.frozen))) {
    trace.push(`${frozen.name} thaws`);
    frozen.frozen = false;
  } else if (!(await answerOne(given, matters)) && !(await letGoOn(given))) {
    trace.push("time");
    await time.passToNextTimer();
  }
  return false;
}

/** Answers something that waits for a person; a question may also be left until its time is over. */
async function answerOne({ house, person, trace }: Play, matters: readonly Matter[]): Promise<boolean> {
  const matter = matters.find((each) => !isSettled(house, each));
  if (!matter) return false;
  house.settled.add(`${matter.operation} ${matter.subject}`);
  const word = person(matter);
  trace.push(`${word} ${matter.operation}`);
  if (word !== "silent" || matter.subject === null) await house.answer(matter, word === "silent" ? "denied" : word);
  return true;
}

/** Whoever paused a run lets it go on once nothing else happens. */
async function letGoOn({ house, trace }: Play): Promise<boolean> {
  const [run] = house.paused;
  if (!run) return false;
  trace.push(`${run} goes on`);
  await house.steer(run, "resume_asked");
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
  kill({ house, dice, trace }) {
    const worker = oneOf(dice, house.workers);
    trace.push(`${worker.name} dies`);
    house.kill(worker);
  },
  dismiss({ house, dice, trace }) {
    const worker = oneOf(dice, house.workers);
    if (worker.leaving) return;
    trace.push(`${worker.name} is told to stop`);
    house.dismiss(worker);
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
  async answer(given) {
    await answerOne(given, (await given.house.look()).matters);
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
  async steer({ house, dice, trace }) {
    const run = oneOf(dice, house.runs);
    const type = house.paused.has(run) ? "resume_asked" : "pause_asked";
    trace.push(`${run}: ${type}`);
    await house.steer(run, type);
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
