import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import type { Ports } from "@/flows/ports/ports";
import { NO_DEBUG } from "@/flows/run/events";
import { recordingOf } from "@/flows/run/recording";
import { type Cluster, startCluster } from "./fresh-database.contract";
import { eve, type Rig, rig } from "./rig.contract";

let cluster: Cluster;
let studio: Rig;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  studio = rig((await cluster.database()).pool);
  await studio.open();
});
afterEach(() => studio.close());

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

/** What is stored of a run that nobody holds is what its journal says. */
async function expectSound(run: Awaited<ReturnType<Rig["start"]>>) {
  await studio.until(run, ({ lease_until }) => lease_until === null);
  const audit = await studio.audit(run);
  expect(studio.faults).toEqual([]);
  expect(audit.foldEqualsState).toBe(true);
  expect(audit.outbox).toEqual(audit.awaited.filter((key) => !key.startsWith("ask ")));
  if (audit.verdict.receipts > 0) expect(audit.verdict.failed).toEqual([]);
  return audit;
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
  await expectSound(run);
  await studio.mail(run, "on", { type: "resume_asked", by: eve, only: null });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  await expectSound(run);
});

test("a run that was at work for as long as it may be ends, and pays the agent that delivers after that", async () => {
  const { ports, called, answer } = heldAgents();
  await studio.drive(ports);
  const run = await studio.start(two, undefined, { terms: { workMs: 300 } });
  await called;
  await studio.until(run, ({ seq }) => seq >= 3); // begun, reserved, out of time
  answer();
  expect(await studio.finished(run)).toMatchObject({ status: "failed", spent: "10" });
  const { state } = await expectSound(run);
  expect(state?.ending).toMatchObject({ code: "run_deadline_passed", step: null });
});

test("the clock of a run stands while it waits for people, and no timer of it is left behind", async () => {
  await studio.drive(studio.portsWith().ports);
  const plan = planOf([askStep("q"), callStep("b", after(0, "approved"))]);
  const run = await studio.start(plan, undefined, { terms: { workMs: 5_000 } });
  await studio.until(run, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  const { outbox, state } = await expectSound(run);
  expect(outbox.filter((key) => key.includes("/deadline"))).toEqual([]);
  expect(state?.clock?.dueAtMs).toBeNull();
  await studio.answer(run, "approved");
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  await expectSound(run);
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
  expect((await expectSound(fork)).moves).toEqual({ reserve: 1, "b/capture": 1, release: 1 });
});
