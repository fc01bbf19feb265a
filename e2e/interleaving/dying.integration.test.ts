import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import { fromStored } from "@/flows/plan/stored";
import type { RunEvent } from "@/flows/run/events";
import { verdictOf } from "@/flows/simulator/conformance/around.contract";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { type Gate, openGates } from "./gates.contract";
import { type House, openHouse, type Worker } from "./house.contract";
import { type Play, play } from "./interleave.contract";
import { allKinds, INSTRUCTIONS, instructionsOf, type Kind, kinds } from "./kinds.contract";
import { delivers, fated, outside } from "./outside.contract";
import { storedRuns } from "./sound.contract";
import { allSound, openWorld, type World } from "./world.contract";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Commit = { when: "before" | "after"; at: number };
/** What happens to the first worker at one of its journal writes. */
type Blow = (worker: Worker, house: House) => void;
let played = 0;

/** One run of a kind, with nobody to take it up but one worker at a time, and a blow at one journal write. */
async function runWith({ plan, around, stopsAt }: Kind, at: Commit | null, blow: Blow) {
  const { time } = world;
  await time.reset();
  const gates = openGates();
  const { policy } = around;
  const out = outside({ agent: fated(around), verdict: () => verdictOf(policy ?? "allow") });
  const house = openHouse({ pool: time.pool, gates, outside: out, ledger: null });
  played += 1;
  const run = await house.start(plan, `d${played.toString(36)}`, policy ? digestOf("policy") : null);
  let [commits, stopped] = [0, false];
  const first = await house.hire(async ({ when }) => {
    const place = when === "before" ? commits++ : commits - 1;
    const struck = place === at?.at && when === at.when;
    // Its payer stops it at that write, or just before its worker is struck, whichever comes first.
    if (!stopped && stopsAt !== null && (struck || (when === "after" && place === stopsAt))) {
      stopped = true;
      await gates.during(() => house.mail(run, "cancel", { type: "cancel_asked", by: eve }));
    }
    if (struck) blow(first, house);
  });
  const trace: string[] = [];
  const person = ({ subject }: { subject: string | null }) => (subject === null ? "denied" : around.answer);
  try {
    await play({ house, gates, time, dice: () => 0, crew: 1, disturbances: 0, person, trace });
    const [sound] = await allSound(house, [plan]);
    const ending = sound?.state.ending;
    return {
      first,
      commits,
      ended: ending?.result === "failed" ? ending.code : ending?.result,
      spent: sound?.state.spent.amount,
    };
  } catch (problem) {
    throw new Error(`${at?.when} write ${at?.at}: ${problem}\n${trace.join("\n")}`);
  } finally {
    for (const worker of [...house.workers]) house.kill(worker);
  }
}

const dies: Blow = (worker, house) => house.kill(worker);

/** How many journal writes a run of this kind has when nobody dies. */
async function writesOf(kind: Kind): Promise<number> {
  const { commits, ended } = await runWith(kind, null, dies);
  expect(kind.ends[0]).toBe(ended);
  return commits;
}

const everyKind = process.env.LONG ? allKinds : kinds;

test("17. Replay of a finished run performs no effect and yields the same trace hash: the driver, woken by late mail.", async () => {
  await world.time.reset();
  const gates = openGates();
  const out = outside({ agent: delivers });
  const house = openHouse({ pool: world.time.pool, gates, outside: out, ledger: null });
  const plans = [...new Set(kinds.filter(({ around }) => !around.policy).map(({ plan }) => plan))];
  for (const [place, plan] of plans.entries()) await house.start(plan, `f${place}`);
  const alone: Omit<Play, "trace"> = {
    ...{ house, gates, time: world.time, dice: () => 0, crew: 1, disturbances: 0 },
    person: () => "approved",
  };
  await play({ ...alone, trace: [] });
  const before = await storedRuns(house.studio.pool, house.runs);

  const trace: string[] = [];
  for (const run of house.runs) {
    await house.mail(run, "late", { type: "cancel_asked", by: eve });
    const [start] = before.find(({ id }) => id === run)?.events ?? [];
    await house.mail(run, "again", fromStored<RunEvent>(start?.event ?? ""));
  }
  await play({ ...alone, trace });
  expect(await storedRuns(house.studio.pool, house.runs)).toEqual(before);
  const reached = trace.filter((line) => / > /.test(line)).map((line) => line.split(" > ")[1] ?? "");
  expect(reached.filter((what) => /^(call|judge|reserve|capture|release|put|get|insert|update) ?/.test(what))).toEqual(
    [],
  );
  expect(reached.some((what) => what.startsWith("write_journal"))).toBe(true); // it did take them up: the letters are read, and gone
  for (const worker of [...house.workers]) house.kill(worker);
});

test("a worker that reads a run while another takes it over has lost it, and does not call it broken", async () => {
  await world.time.reset();
  const gates = openGates();
  const house = openHouse({ pool: world.time.pool, gates, outside: outside({ agent: delivers }), ledger: null });
  const plan = planOf([callStep("a"), askStep("b", [{ step: 0, port: "done" }])]);
  const run = await house.start(plan, "taken-while-read");
  const goOn = async (holds: (gate: Gate) => boolean) => {
    for (let next: Gate | undefined; ; gates.letGo(next)) {
      await gates.rest();
      next = gates.waiting.find((gate) => !holds(gate));
      if (!next) return;
    }
  };
  const first = await house.hire();
  await goOn(() => false); // until it asks
  house.kill(first);
  const late = await house.hire();
  await house.mail(run, "cancel", { type: "cancel_asked", by: eve });
  const isJournal = ({ what }: Gate) => what.startsWith("> select e.run_id");
  await goOn(isJournal);
  expect(gates.waiting.some(isJournal)).toBe(true); // it has read everything else of the run
  late.frozen = true;
  await house.expire(run);
  const person = () => "approved" as const;
  await play({ house, gates, time: world.time, dice: () => 0, crew: 2, disturbances: 0, person, trace: [] });
  await allSound(house, [plan]);
  for (const worker of [...house.workers]) house.kill(worker);
});

/** Whether its notice arrives; and who goes on where several wait, once what was heard is heard: who came first, or last. */
type Mail = { notice: "heard" | "lost"; goes: "first" | "last" };

/** Somebody's letter has the run read its mail while it calls; another, which stops it, comes at one moment. */
async function stoppedAt(at: number, { notice, goes }: Mail): Promise<{ moves: number; ended: string | undefined }> {
  await world.time.reset();
  const gates = openGates();
  const house = openHouse({ pool: world.time.pool, gates, outside: outside({ agent: delivers }), ledger: null });
  const plan = planOf([callStep("a"), askStep("b", [{ step: 0, port: "done" }])]);
  played += 1;
  const run = await house.start(plan, `u${played.toString(36)}`);
  const nothing = {
    type: "approval_answered",
    operation: `${run}/a/ask`,
    by: eve,
    answer: "approved",
    subject: digestOf("nothing"),
  };
  const stop = async () => {
    const cancel = { type: "cancel_asked", by: eve };
    if (notice === "heard") await house.mail(run, "cancel", cancel);
    else await house.studio.mail(run, "cancel", cancel);
  };
  const trace: string[] = [];
  let moves = 0;
  const dice = (sides: number) => {
    if (trace.at(-1)?.includes("> call")) void gates.during(() => house.mail(run, "nothing", nothing));
    if (moves++ === at) void gates.during(stop);
    return goes === "first" || house.notices.length > 0 ? 0 : sides - 1;
  };
  const person = () => "silent" as const;
  await play({ house, gates, time: world.time, dice, crew: 1, disturbances: 0, person, trace });
  const [sound] = await allSound(house, [plan]);
  for (const worker of [...house.workers]) house.kill(worker);
  return { moves, ended: sound?.state.ending?.result };
}

test.each<Mail>([
  { notice: "heard", goes: "first" },
  { notice: "lost", goes: "first" },
  { notice: "heard", goes: "last" },
])("mail that comes at any await of a run is read: notice $notice, who came $goes goes on", async (mail) => {
  const { moves, ended } = await stoppedAt(-1, mail);
  expect(ended).toBe("failed"); // nobody answered what it asked
  const ends: (string | undefined)[] = [];
  for (let at = 0; at < moves; at++) ends.push((await stoppedAt(at, mail)).ended);
  expect(new Set(ends.slice(0, ends.indexOf("failed")))).toEqual(new Set(["cancelled"])); // later than its end is too late
  expect(ends.indexOf("failed")).toBeGreaterThan(moves / 2);
});

test("the kinds reach every instruction that there is", () => {
  expect(instructionsOf(kinds.map(({ plan }) => plan))).toEqual(Object.keys(INSTRUCTIONS).sort());
});

describe("15. kill -9 at each transition of each step type: no run lost, no double payment. In one process:", () => {
  test.each(everyKind.map((kind) => [kind.name, kind] as const))("%s", async (_, kind) => {
    const writes = await writesOf(kind);
    for (let at = 0; at < writes; at++)
      for (const when of ["before", "after"] as const) {
        const { ended } = await runWith(kind, { at, when }, dies);
        expect(kind.ends).toContain(ended);
      }
  });
});

/** The plans that a run without people goes through alone, whoever holds it. */
const late = kinds.filter(({ name }) =>
  ["acme/cheap@1.0.0, pays, 0 retries", "a payment that needs consent, with it"].includes(name),
);

describe("16. A worker dies holding a lease: another takes over, the late worker's write loses.", () => {
  test.each(late.map((kind) => [kind.name, kind] as const))("%s", async (_, kind) => {
    const writes = await writesOf(kind);
    for (let at = 0; at < writes; at++) {
      const other = { writes: 0 };
      const freezes: Blow = (worker, house) => {
        worker.frozen = true; // at the gate before its write, until the other has brought the run to its end
        void house.hire(({ when }) => {
          if (when === "after") other.writes += 1;
        });
      };
      const { ended, first } = await runWith(kind, { at, when: "before" }, freezes);
      expect(ended).toBe(kind.ends[0]);
      expect(other.writes).toBeGreaterThan(0);
      expect(first.driver.held()).toBe(0);
    }
  });
});
