import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Cluster, startCluster } from "./fresh-database.contract";
import { type Rig, rig } from "./rig.contract";

/** Gives each test of a file a studio on a database of its own; one Postgres serves the file. */
export function eachWithRig(use: (studio: Rig) => void): void {
  let cluster: Cluster;
  let studio: Rig;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    studio = rig((await cluster.database()).pool);
    await studio.open();
    use(studio);
  });
  afterEach(() => studio.close());
}

/** What is stored of a run that nobody holds is what its journal says, and nothing of it happened twice. */
export async function expectSound(studio: Rig, run: Awaited<ReturnType<Rig["start"]>>) {
  const row = await studio.until(run, ({ lease_until }) => lease_until === null);
  const audit = await studio.audit(run);
  expect(studio.faults).toEqual([]);
  expect(row.fault).toBeNull();
  expect(audit.foldEqualsState).toBe(true);
  expect(audit.outbox).toEqual(audit.awaited.filter((key) => !key.startsWith("ask ")));
  if (audit.verdict.receipts > 0) expect(audit.verdict.failed).toEqual([]);
  for (const legs of Object.values(audit.moves)) expect(legs).toBeLessThanOrEqual(1);
  return { row, ...audit };
}
