import { randomUUID } from "node:crypto";
import { startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { rig as studioRig } from "@/server/drivers/postgres/rig.contract";
import { callsOf, escrowRig, runNamed, startEscrowChain } from "./escrow-rig.contract";

/** How many transactions the studio makes of a run of so many calls: counted on the chain, from its opening to its closing. */
export async function transactionsOfStudio({
  calls,
  windowSeconds,
}: {
  calls: number;
  windowSeconds: number;
}): Promise<number> {
  const cluster = await startCluster();
  const place = await startEscrowChain();
  const studio = studioRig((await cluster.database()).pool);
  try {
    await studio.open();
    const rig = await escrowRig(studio, place, { settings: { windowSeconds } });
    const [run, plan] = [runNamed(randomUUID()), callsOf(calls)];
    const before = (await rig.transactions()).length;
    await rig.fund(run, plan);
    await rig.until(async () => (await rig.stands(run)) === "open");
    await studio.drive(rig.ports);
    await rig.start(run, plan);
    await studio.finished(run);
    await rig.until(async () => (await rig.stands(run)) !== "open");
    if (windowSeconds > 0) {
      await place.later(windowSeconds + 60);
      await rig.pool.query("update chain_intent set due_at = now() where due_at is not null");
    }
    await rig.until(async () => (await rig.stands(run)) === "closed");
    return (await rig.transactions()).length - before;
  } finally {
    await studio.close();
    await place.stop();
    await cluster.stop();
  }
}
