import { expect, test } from "vitest";
import { AgentId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { err } from "@/flows/basics/result";
import { askStep, callStep, chooseStep, planOf } from "@/flows/examples/small-plan";
import type { Behaviour } from "@/flows/simulator/agents";
import { losingFirstAnswer } from "@/flows/simulator/lost-answers";
import { claim } from "./claiming";
import { eachWithRig, expectSound } from "./fresh-rig.contract";
import { giveBack } from "./leases";
import { eve, PURSE, type Rig, reader } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const after = (step: number, port = "done") => [{ step, port }];

test("calls, a choice and a question run to their end, and every movement of money happens once", async () => {
  const plan = planOf([
    callStep("a"),
    chooseStep("b", after(0)),
    askStep("c", after(1, "yes")),
    callStep("d", after(2, "approved")),
  ]);
  const { ports, performed } = studio.portsWith();
  await studio.drive(ports);
  const run = await studio.start(plan);
  await studio.until(run, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  await studio.answer(run, "approved");
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  const audit = await expectSound(studio, run);
  expect(audit.moves).toEqual({ reserve: 1, "a/capture": 1, "d/capture": 1, release: 1 });
  expect(performed()).toHaveLength(2);
  const { rows } = await studio.pool.query("select state, answer, answered_by from question");
  expect(rows).toEqual([{ state: "answered", answer: "approved", answered_by: "eve" }]);
});

test("how long a call took is told of calls that delivered what fits, and of no others", async () => {
  const told: { agent: AgentId; ms: number }[] = [];
  const wrong = AgentId.parse("acme/wrong@1.0.0");
  const work: Behaviour = ({ input }) => ({ output: { text: input }, price: money("microcredits", 10n), detail: {} });
  const refuse: Behaviour = () => err({ code: "agent_refused", reason: "not today" });
  const agents = new Map<AgentId, Behaviour>();
  const { ports } = studio.portsWith(agents.set(reader, work).set(wrong, refuse));
  await studio.drive(ports, { onDelivered: (call) => told.push(call) });
  await studio.finished(await studio.start(planOf([callStep("a"), callStep("b", after(0))])));
  await studio.finished(await studio.start(planOf([callStep("c", [], { agent: wrong })])));
  expect(told).toEqual([
    { agent: reader, ms: expect.any(Number) },
    { agent: reader, ms: expect.any(Number) },
  ]);
});

test("a run that waits for a person holds no lease and no memory, and wakes for its deadline", async () => {
  const driver = await studio.drive(studio.portsWith().ports);
  const run = await studio.start(planOf([askStep("a", [], { timeoutMs: 2_500 })]));
  const parked = await studio.until(run, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  expect(parked.wake_at?.getTime()).toBeGreaterThan(Date.now());
  expect(driver.held()).toBe(0);
  expect(await studio.finished(run)).toMatchObject({ status: "failed" });
  const audit = await expectSound(studio, run);
  expect(audit.state?.ending).toMatchObject({ code: "approval_timed_out" });
  const { rows } = await studio.pool.query("select state from question");
  expect(rows).toEqual([{ state: "timed_out" }]);
});

test("a refusal, an agent that refuses and a cancelled run end, and give back what they held", async () => {
  const gone = AgentId.parse("acme/gone@1.0.0");
  await studio.drive(studio.portsWith().ports);
  const denied = await studio.start(planOf([askStep("a"), callStep("b", after(0, "approved"))]));
  const failing = await studio.start(planOf([callStep("a", [], { agent: gone })]));
  const cancelled = await studio.start(planOf([askStep("a"), callStep("b", after(0, "approved"))]));
  await studio.answer(denied, "denied");
  await studio.until(cancelled, ({ status }) => status === "waiting");
  await studio.mail(cancelled, "cancel", { type: "cancel_asked", by: eve });
  for (const [run, status] of [
    [denied, "failed"],
    [failing, "failed"],
    [cancelled, "cancelled"],
  ] as const) {
    expect(await studio.finished(run)).toMatchObject({ status, spent: "0" });
    await expectSound(studio, run);
  }
  const { rows } = await studio.pool.query("select balance from ledger_account where id = 'main:eve:microcredits'");
  expect(rows).toEqual([{ balance: String(PURSE) }]);
  const states = await studio.pool.query("select state from question order by state");
  expect(states.rows.map(({ state }) => state)).toEqual(["answered", "withdrawn"]);
});

test("an answer that is lost is asked for again under the same id, and the work is done once", async () => {
  const { ports, performed } = studio.portsWith();
  const credits = { ...ports.credits, capture: losingFirstAnswer(ports.credits.capture) };
  await studio.drive({ ...ports, credits, agents: { call: losingFirstAnswer(ports.agents.call) } });
  const run = await studio.start(planOf([callStep("a")]));
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(performed()).toHaveLength(1);
  await expectSound(studio, run);
});

test("a call that may be made once is not repeated after its answer is lost: a person tells what became of it", async () => {
  const { ports, performed } = studio.portsWith();
  await studio.drive({ ...ports, agents: { call: losingFirstAnswer(ports.agents.call) } });
  const run = await studio.start(planOf([callStep("a", [], { effect: "once" })]));
  await studio.until(run, ({ status, lease_until }) => status === "unknown" && lease_until === null);
  expect(performed()).toHaveLength(1);
  const told = { type: "outcome_told", operation: `${run}/a/call`, by: eve, delivered: null };
  await studio.mail(run, "told", told);
  expect(await studio.finished(run)).toMatchObject({ status: "failed", spent: "0" });
  expect(performed()).toHaveLength(1);
  await expectSound(studio, run);
});

test("mail is delivered once per key, and mail that answers nothing changes nothing", async () => {
  await studio.drive(studio.portsWith().ports);
  const run = await studio.start(planOf([askStep("a")]));
  await studio.until(run, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  const before = await studio.events(run);
  const stranger = {
    type: "approval_answered",
    operation: `${run}/a/ask`,
    by: "mallory",
    answer: "approved",
    subject: "0".repeat(64),
  };
  expect(await studio.mail(run, "x", stranger)).toBe(true);
  await studio.until(run, ({ wake_at }) => wake_at !== null && wake_at.getTime() > Date.now() + 1_000);
  expect(await studio.events(run)).toEqual(before);
  const start = { type: "cancel_asked", by: eve };
  await studio.stop();
  expect(await Promise.all([studio.mail(run, "k", start), studio.mail(run, "k", start)])).toContain(false);
});

test("a run whose transition throws stops alone, visibly, while 63 others in its batches finish", async () => {
  const broken = planOf([callStep("a")]);
  await studio.drive(studio.portsWith().ports);
  const plan = planOf([callStep("a"), callStep("b", after(0))]);
  // Its second step waits for one that is not there, so after the first the run would stand still: a bug, and thrown.
  const lost = { ...broken.steps[0], id: "z", gates: after(9) };
  const poisoned = await studio.start({ ...broken, steps: [...broken.steps, lost] } as never);
  const others = await Promise.all(Array.from({ length: 63 }, () => studio.start(plan)));
  for (const run of others) expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  const row = await studio.until(poisoned, ({ fault }) => fault !== null);
  expect(row.lease_until).toBeNull();
  expect(row.wake_at).toBeNull();
});

test("a run whose write the database refuses stops alone, visibly, while 63 others in its batches finish", async () => {
  await studio.pool.query("alter table run_event add constraint no_c check (event not like '%run-poison/b/call%')");
  await studio.drive(studio.portsWith().ports);
  const plan = planOf([callStep("a"), callStep("b", after(0))]);
  const runs = await Promise.all(Array.from({ length: 63 }, () => studio.start(plan)));
  const poisoned = await studio.start(plan, "run-poison");
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  expect((await studio.until(poisoned, ({ fault }) => fault !== null)).fault).toContain("no_c");
});

test("two workers on one database run each run once", async () => {
  const [one, two] = [studio.portsWith(), studio.portsWith()];
  await Promise.all([studio.drive(one.ports), studio.drive(two.ports)]);
  const plan = planOf([callStep("a"), askStep("b", after(0)), callStep("c", after(1, "approved"))]);
  const runs = await Promise.all(Array.from({ length: 40 }, () => studio.start(plan)));
  await Promise.all(runs.map((run) => studio.answer(run, "approved")));
  for (const run of runs) {
    expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
    await expectSound(studio, run);
  }
  const done = [...one.performed(), ...two.performed()];
  expect(done).toHaveLength(80);
  expect(new Set(done).size).toBe(80);
  expect(one.performed().length).toBeGreaterThan(0);
  expect(two.performed().length).toBeGreaterThan(0);
});

test("a late worker whose lease has run out loses its write, and forgets the run", async () => {
  const gate = { promise: Promise.resolve(), resolve: () => {} };
  gate.promise = new Promise((resolve) => {
    gate.resolve = resolve;
  });
  const late = await studio.drive(studio.portsWith().ports, {
    timing: { leaseMs: 300, renewMs: 60_000 },
    onCommit: ({ when, events }) => (when === "before" && events > 0 ? gate.promise : Promise.resolve()),
  });
  const run = await studio.start(planOf([callStep("a")]));
  await studio.until(run, ({ lease_until }) => lease_until !== null);
  const lease = await takeOver();
  gate.resolve();
  await studio.until(run, () => late.held() === 0);
  expect(await studio.row(run)).toMatchObject({ seq: 0 });
  expect(await studio.events(run)).toEqual([]);
  await giveBack(studio.pool, [lease]);
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  await expectSound(studio, run);
});

/** Claims the one run as another worker would, as soon as its lease has run out. */
async function takeOver() {
  for (;;) {
    const [lease] = (await claim(studio.pool, { limit: 1, leaseMs: 60_000 })).claimed;
    if (lease) return lease;
  }
}

test("a worker that is told to stop gives its runs back at once, and the next one finishes them", async () => {
  const { ports } = studio.portsWith();
  let calls = 0;
  const slow = await studio.drive(
    {
      ...ports,
      agents: {
        async call(ask) {
          calls += 1;
          if (calls === 1) await new Promise((resolve) => setTimeout(resolve, 60_000));
          return ports.agents.call(ask);
        },
      },
    },
    { timing: { drainMs: 200 } },
  );
  const run = await studio.start(planOf([callStep("a")]));
  await studio.until(run, ({ seq }) => seq >= 2);
  await slow.stop();
  expect(await studio.row(run)).toMatchObject({ lease_until: null });
  await studio.drive(ports);
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  await expectSound(studio, run);
});

test("a run that costs nothing and a run that cannot be paid end without touching the ledger", async () => {
  const free = callStep("a", [], { cap: money("microcredits", 0n), price: money("microcredits", 0n), agent: reader });
  await studio.drive(studio.portsWith().ports);
  const run = await studio.start(planOf([free]));
  const poor = await studio.start(planOf([callStep("a")], PURSE + 1n));
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "0" });
  expect(await studio.finished(poor)).toMatchObject({ status: "failed", spent: "0" });
  for (const each of [run, poor]) expect((await expectSound(studio, each)).moves).toEqual({});
});
