import { expect, test } from "vitest";
import { StepId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import type { Ports } from "@/flows/ports/ports";
import { type Debug, NO_DEBUG } from "@/flows/run/events";
import { recordingOf } from "@/flows/run/recording";
import { eachWithRig, expectSound } from "./fresh-rig.contract";
import { eve, type Rig } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const after = (step: number, port = "done") => [{ step, port }];
const two = planOf([callStep("a"), callStep("b", after(0))]);

/** Agents that answer only once they are told to. */
function heldAgents() {
  const { ports, performed } = studio.portsWith();
  const [called, answer] = [gate(), gate()];
  const agents: Ports["agents"] = {
    async call(ask) {
      called.open();
      await answer.opened;
      return ports.agents.call(ask);
    },
  };
  return { ports: { ...ports, agents }, performed, called: called.opened, answer: answer.open };
}

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

test("a paused run pays for what was under way, is put away, and goes on when its payer says so", async () => {
  const { ports, performed, called, answer } = heldAgents();
  const driver = await studio.drive(ports);
  const run = await studio.start(two);
  await called;
  await studio.mail(run, "pause", { type: "pause_asked", by: eve });
  await studio.until(run, ({ seq }) => seq >= 3);
  answer();
  const paused = await studio.until(run, ({ status, lease_until }) => status === "paused" && lease_until === null);
  expect([paused.spent, paused.wake_at, driver.held()]).toEqual(["10", null, 0]);
  expect(performed()).toEqual([`${run}/a/call`]);
  await expectSound(studio, run);
  await studio.mail(run, "on", { type: "resume_asked", by: eve, only: null });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  await expectSound(studio, run);
});

const apart = planOf([callStep("a"), callStep("b"), callStep("c")]);
const isParked = ({ lease_until, seq }: { lease_until: Date | null; seq: number }) => lease_until === null && seq > 3;

test("[R27] a paused run does not make the calls that wait for a place: they go on with the run", async () => {
  const { ports, performed, called, answer } = heldAgents();
  const driver = await studio.drive(ports, { limits: { rate: null, callsOfAgent: 1 } });
  const run = await studio.start(apart);
  await called;
  await studio.mail(run, "pause", { type: "pause_asked", by: eve });
  await studio.until(run, ({ seq }) => seq >= 3);
  answer();
  const parked = await studio.until(run, isParked);
  expect([performed().length, parked.spent, parked.wake_at, driver.held()]).toEqual([1, "10", null, 0]);
  await studio.mail(run, "on", { type: "resume_asked", by: eve, only: null });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "30" });
  expect(performed()).toHaveLength(3);
  await expectSound(studio, run);
});

test("[R27] whoever takes a paused run up does not make the calls whose turn comes meanwhile", async () => {
  const { ports, performed } = studio.portsWith();
  const limits = { rate: { perMinute: 30, burst: 1 } };
  await studio.drive(ports, { limits });
  const run = await studio.start(planOf([callStep("a"), callStep("b", [], { effect: "once" })]));
  await studio.until(run, ({ spent }) => spent === "10");
  await studio.mail(run, "pause", { type: "pause_asked", by: eve });
  const parked = await studio.until(
    run,
    ({ seq, lease_until, wake_at }) => seq >= 5 && lease_until === null && wake_at === null,
  );
  await studio.stop();
  await studio.drive(ports, { limits });
  await new Promise((resolve) => setTimeout(resolve, 2_500)); // longer than its turn was away
  await studio.mail(run, "stop it", { type: "stops_set", by: eve, stops: [] });
  await studio.until(run, (row) => row.seq > parked.seq && isParked(row));
  expect(performed()).toHaveLength(1);
  await studio.mail(run, "on", { type: "resume_asked", by: eve, only: null });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  await expectSound(studio, run);
}, 30_000);

test("[R27] a paused run that is stopped ends without the calls that it had not made", async () => {
  const { ports, performed, called, answer } = heldAgents();
  await studio.drive(ports, { limits: { rate: null, callsOfAgent: 1 } });
  const run = await studio.start(apart);
  await called;
  await studio.mail(run, "pause", { type: "pause_asked", by: eve });
  await studio.until(run, ({ seq }) => seq >= 3);
  answer();
  await studio.until(run, isParked);
  await studio.mail(run, "cancel", { type: "cancel_asked", by: eve });
  expect(await studio.finished(run)).toMatchObject({ status: "cancelled", spent: "10" });
  expect(performed()).toHaveLength(1);
  await expectSound(studio, run);
});

test("[R27] a call that is let go by itself is made while the others wait", async () => {
  const { ports, performed, called, answer } = heldAgents();
  await studio.drive(ports, { limits: { rate: null, callsOfAgent: 1 } });
  const debug: Debug = { ...NO_DEBUG, stops: [{ step: StepId.parse("c"), before: "step" }] };
  const run = await studio.start(apart, undefined, { terms: { debug } });
  await called;
  await studio.mail(run, "pause", { type: "pause_asked", by: eve });
  await studio.until(run, ({ seq }) => seq >= 3);
  answer();
  await studio.until(run, isParked);
  await studio.mail(run, "take", { type: "resume_asked", by: eve, only: { step: StepId.parse("c"), path: [] } });
  await studio.until(run, ({ spent }) => spent === "20");
  expect(performed()).toEqual([`${run}/a/call`, `${run}/c/call`]);
  await studio.mail(run, "on", { type: "resume_asked", by: eve, only: null });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "30" });
  await expectSound(studio, run);
});

test("a run that was at work for as long as it may be ends, and pays the agent that delivers after that", async () => {
  const { ports, called, answer } = heldAgents();
  await studio.drive(ports);
  const run = await studio.start(two, undefined, { terms: { workMs: 300 } });
  await called;
  await studio.until(run, ({ seq }) => seq >= 3); // begun, reserved, out of time
  answer();
  expect(await studio.finished(run)).toMatchObject({ status: "failed", spent: "10" });
  const { state } = await expectSound(studio, run);
  expect(state?.ending).toMatchObject({ code: "run_deadline_passed", step: null });
});

test("the clock of a run stands while it waits for people, and no timer of it is left behind", async () => {
  await studio.drive(studio.portsWith().ports);
  const plan = planOf([askStep("q"), callStep("b", after(0, "approved"))]);
  const run = await studio.start(plan, undefined, { terms: { workMs: 5_000 } });
  await studio.until(run, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  const { outbox, state } = await expectSound(studio, run);
  expect(outbox.filter((key) => key.includes("/deadline"))).toEqual([]);
  expect(state?.clock?.dueAtMs).toBeNull();
  await studio.answer(run, "approved");
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  await expectSound(studio, run);
});

test("a fork repeats nothing that its source had done, and its receipts verify", async () => {
  const { ports, performed } = studio.portsWith();
  await studio.drive(ports);
  const source = await studio.start(two);
  await studio.finished(source);
  const { pins } = recordingOf(two, (await studio.events(source)).slice(0, 4)); // a is delivered and paid for
  expect(Object.keys(pins)).toEqual(["a"]);
  const debug = { ...NO_DEBUG, pins, from: { run: source, seq: 4 } };
  const fork = await studio.start(two, undefined, { terms: { debug } });
  expect(await studio.finished(fork)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(performed().filter((operation) => operation.startsWith(fork))).toEqual([`${fork}/b/call`]);
  expect((await expectSound(studio, fork)).moves).toEqual({ reserve: 1, "b/capture": 1, release: 1 });
});
