import { afterAll, beforeAll, expect, test } from "vitest";
import { openAccount } from "@/server/adapters/credits/grants";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { rig } from "@/server/drivers/postgres/rig.contract";
import { type Kind, kinds } from "../interleaving/kinds.contract";
import { PAYEES } from "../interleaving/outside.contract";
import { bundleKindWorker, type Kill, openLane } from "./kind-lane.contract";

/** `npm test` kills real processes in one kind of run; all the others die in one process there, which is quicker. */
const chosen = process.env.LONG ? kinds : kinds.slice(0, 1);
const LANES = process.env.LONG ? 4 : 1;

let cluster: Cluster;
beforeAll(async () => {
  bundleKindWorker();
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

/** Every journal write of one kind, before it and after it. Says how many workers it has cost. */
async function killAtEach(lane: ReturnType<typeof openLane>, kind: Kind): Promise<number> {
  const { commits, ended } = await lane.run(kind, null);
  expect(ended).toBe(kind.ends[0]);
  const kills = Array.from({ length: commits }, (_, at): Kill[] => [
    { at, when: "before" },
    { at, when: "after" },
  ]).flat();
  for (const kill of kills)
    expect(kind.ends, `${kind.name}: ${JSON.stringify(kill)}`).toContain((await lane.run(kind, kill)).ended);
  return kills.length;
}

test("15. kill -9 at each transition of each step type: no run lost, no double payment.", async () => {
  const left = [...chosen];
  const kills: number[] = [];
  const work = async () => {
    const database = await cluster.database();
    await rig(database.pool).open();
    for (const payee of PAYEES) await openAccount(database.pool, payee, "microcredits");
    const lane = openLane(database);
    try {
      for (let kind = left.shift(); kind; kind = left.shift()) kills.push(await killAtEach(lane, kind));
    } finally {
      await lane.close();
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: LANES }, work));
  const seconds = Math.round((performance.now() - began) / 1_000);
  process.stdout.write(
    `${kills.reduce((sum, each) => sum + each, 0)} workers killed, at each journal write of ${chosen.length} kinds of runs, in ${seconds} s\n`,
  );
}, 600_000);
