import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { eachWithRig } from "@/server/drivers/postgres/fresh-rig.contract";
import type { Rig } from "@/server/drivers/postgres/rig.contract";
import { type EscrowChain, type EscrowRig, escrowRig, runNamed, startEscrowChain } from "./escrow-rig.contract";

export type OnChain = { place: EscrowChain; studio: Rig; rig: EscrowRig };

/** Gives each test of a file a studio of its own that offers the rail; one local chain, without faults, serves the file. */
export function eachOnChain(use: (on: OnChain) => void): void {
  let place: EscrowChain;
  let studio: Rig;
  beforeAll(async () => {
    place = await startEscrowChain();
  });
  afterAll(() => place.stop());
  eachWithRig((fresh) => {
    studio = fresh;
  });
  beforeEach(async () => {
    await place.fault();
    use({ place, studio, rig: await escrowRig(studio, place) });
  });
}

/** A run that was funded, was driven and is over; its settlement is written down and nothing of it is on the chain yet. */
export async function endedRun({ studio, rig }: Omit<OnChain, "place">, plan: Plan): Promise<RunId> {
  const run = runNamed(randomUUID());
  await rig.fund(run, plan);
  await rig.until(async () => (await rig.stands(run)) === "open");
  await studio.drive(rig.ports);
  await rig.start(run, plan);
  await studio.finished(run);
  return run;
}
