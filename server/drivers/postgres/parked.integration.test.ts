import { expect, test } from "vitest";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { toStored } from "@/flows/plan/stored";
import { eachWithRig } from "./fresh-rig.contract";
import type { Rig } from "./rig.contract";

const RUNS = 600;

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const plan = planOf([
  callStep("a"),
  askStep("b", [{ step: 0, port: "done" }], { timeoutMs: 600_000 }),
  callStep("c", [{ step: 1, port: "approved" }]),
]);
const rested = ({ status, lease_until }: { status: string; lease_until: Date | null }) =>
  status === "waiting" && lease_until === null;

// `npm run bench -- runtime` does it with all 100,000.
test("regression 18: 100,000 parked runs, server restarted: all resume", async () => {
  const { ports, performed } = studio.portsWith();
  await studio.drive(ports);
  const runs = await Promise.all(Array.from({ length: RUNS }, () => studio.start(plan)));
  for (const run of runs) await studio.until(run, rested);
  await studio.stop();
  await Promise.all(runs.map((run) => studio.answer(run, "approved")));
  expect(performed()).toHaveLength(RUNS);

  await studio.drive(ports);
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  expect(performed()).toHaveLength(2 * RUNS);
  const { rows } = await studio.pool.query("select count(*)::int as left from run_outbox");
  expect(rows).toEqual([{ left: 0 }]);
  for (const run of runs.slice(-10)) {
    const audit = await studio.audit(run);
    expect([audit.foldEqualsState, audit.verdict.failed]).toEqual([true, []]);
    expect(audit.moves).toEqual({ reserve: 1, "a/capture": 1, "c/capture": 1, release: 1 });
  }
  expect(studio.faults).toEqual([]);
}, 300_000);

test("a row that an earlier version left for a call that is long answered does not call again", async () => {
  const { ports } = studio.portsWith();
  const called: string[] = [];
  const call: typeof ports.agents.call = (ask) => {
    called.push(ask.operation);
    return ports.agents.call(ask);
  };
  await studio.drive({ ...ports, agents: { call } });
  const run = await studio.start(plan);
  await studio.until(run, rested);
  const operation = `${run}/a/call`;
  const command = toStored({ do: "call", operation, step: 0, takes: {} });
  await studio.pool.query("insert into run_outbox (run_id, operation, kind, command) values ($1, $2, 'call', $3)", [
    run,
    operation,
    command,
  ]);
  await studio.answer(run, "approved");
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  expect(called).toEqual([operation, `${run}/c/call`]);
});
