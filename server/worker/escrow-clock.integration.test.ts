import { expect, test } from "vitest";
import { Digest, RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { eachWithRig } from "@/server/drivers/postgres/fresh-rig.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import type { FundedRun } from "@/server/use-cases/start-funded-run";
import { type EscrowClockOptions, type EscrowRail, startEscrowClock } from "./escrow-clock";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const QUIET: EscrowRail = {
  announce: async () => undefined,
  carry: async () => false,
  funded: async () => [],
  started: async () => undefined,
  giveBack: async () => 0,
  untilNext: async () => null,
  readOn: async () => 0,
};

const funded = (run: string): FundedRun => ({
  ...{ run: RunId.parse(run), owner: eve, plan: Digest.parse("ab".repeat(32)), cap: UsdcBase.parse(1n) },
  start: { flow: run as never, input: {} },
});

/** A promise and what keeps it. */
function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((kept) => {
    resolve = kept;
  });
  return { promise, resolve };
}

type Needs = ReturnType<EscrowClockOptions["services"]>;

/** A clock whose runs are of flows that nobody has, but for the one that breaks whoever looks for it. */
async function started(rail: Partial<EscrowRail>) {
  const said: string[] = [];
  const find: Needs["flows"]["find"] = async (_, flow) => {
    if ((flow as string) === "broken") throw new Error("the database fell over");
    return null;
  };
  const services = () => ({ flows: { find } }) as Partial<Needs> as Needs;
  const log: EscrowClockOptions["log"] = (_, event) => void said.push(event);
  const clock = await startEscrowClock({ pool: studio.pool, rail: { ...QUIET, ...rail }, services, log });
  return { clock, said };
}

test("a funded run that breaks whoever starts it keeps nobody else's from being started, nor the rest of the round", async () => {
  const answered = new Map<string, object | null>();
  const gone = later<void>();
  const { clock, said } = await started({
    funded: async () => [funded("broken"), funded("sound")],
    started: async (run, notStarted) => void answered.set(run, notStarted),
    giveBack: async () => {
      gone.resolve();
      return 0;
    },
  });
  await gone.promise;
  await clock.stop();
  expect([...answered]).toEqual([["sound", { code: "flow_not_found" }]]);
  expect(said).toContain("funded_run_broke");
});

test("what is to be carried does not wait for history that is slow to read", async () => {
  const [read, carried] = [later<number>(), later<void>()];
  let rounds = 0;
  const { clock } = await started({
    readOn: () => read.promise,
    async carry() {
      rounds += 1;
      if (rounds === 3) carried.resolve();
      return rounds < 3;
    },
  });
  await carried.promise;
  read.resolve(0);
  await clock.stop();
});
