import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { money } from "@/flows/basics/money";
import { ok } from "@/flows/basics/result";
import { callStep, planOf } from "@/flows/examples/small-plan";
import type { AgentsPort } from "@/flows/ports/agents";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { rig } from "@/server/drivers/postgres/rig.contract";

/** 20,000 in `npm run test:long`; the bench called runtime measures the same on a whole worker, by what the system gave it. */
const RUNS = process.env.LONG ? 20_000 : 2_400;
const AT_ONCE = 100;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is reachable from anywhere once nothing is under way. Units: bytes. */
function reachable(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

test("19. 20,000 runs: the process's memory does not grow", async () => {
  const studio = rig((await cluster.database()).pool);
  await studio.open();
  const price = money("microcredits", 10n);
  const agents: AgentsPort = { call: async ({ input }) => ok({ output: { text: input }, price, detail: {} }) };
  const driver = await studio.drive({ ...studio.portsWith().ports, agents });
  const plan = planOf([callStep("a"), callStep("b", [{ step: 0, port: "done" }])]);
  const through = async (count: number) => {
    for (let done = 0; done < count; done += AT_ONCE) {
      const texts = Array.from({ length: AT_ONCE }, (_, place) => `${count} ${done} ${place}`);
      const runs = await Promise.all(texts.map((text) => studio.start(plan, undefined, { given: { text } })));
      for (const run of runs) expect((await studio.finished(run)).status).toBe("succeeded");
    }
  };
  await through(RUNS / 4);
  const few = reachable();
  await through((RUNS * 3) / 4);
  const grown = reachable() - few;
  expect(driver.held()).toBe(0);
  expect(grown / ((RUNS * 3) / 4)).toBeLessThan(1_000); // what is kept of a single run is more than that
  await studio.close();
}, 600_000);
