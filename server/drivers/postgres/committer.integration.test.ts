import { afterAll, beforeAll, expect, test } from "vitest";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { claim } from "./claiming";
import { committer } from "./committer";
import { type Cluster, startCluster } from "./fresh-database.contract";
import type { Write } from "./journal-write";
import { rig } from "./rig.contract";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

test("what a run's former holder writes is not taken, though its successor writes at the same moment", async () => {
  const studio = rig((await cluster.database()).pool);
  await studio.open();
  const { pool } = studio;
  const run = await studio.start(planOf([callStep("a")]));
  const held = async () => {
    const { claimed } = await claim(pool, { limit: 1, leaseMs: 60_000 });
    return claimed[0]?.token ?? 0n;
  };
  const former = await held();
  await pool.query("update run set lease_until = now() - interval '1 second' where id = $1", [run]);
  const successor = await held();
  expect(successor).toBe(former + 1n);

  const nothing: Write = {
    ...{ run, token: successor, seqBefore: 0, seqAfter: 0, status: "running", spent: 0n, outcome: null },
    ...{ finishedAtMs: null, parks: null, events: [], receipts: [], settled: [], snapshot: null },
    ...{ put: new Map(), drop: new Set(), mail: [], dead: [] },
  };
  const late: Write = { ...nothing, token: former, seqAfter: 1, events: [{ seq: 1, event: "{}", atMs: 1 }] };
  const { commit } = committer({ pool });
  const written = await Promise.all([commit(nothing), commit(late), commit(nothing)]);
  expect(written.map(({ kept }) => kept)).toEqual([true, false, true]);
  expect(await studio.events(run)).toEqual([]);
  expect(await studio.row(run)).toMatchObject({ seq: 0, status: "running" });
  await studio.close();
});
