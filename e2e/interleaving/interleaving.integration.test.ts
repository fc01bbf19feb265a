import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Digest } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { openAccount } from "@/server/adapters/credits/grants";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, key, PURSE, rig } from "@/server/drivers/postgres/rig.contract";
import { diceOf, oneOf } from "./dice.contract";
import { openGates } from "./gates.contract";
import { openHouse } from "./house.contract";
import { play } from "./interleave.contract";
import { delivers, outside, PAYEES, refuses } from "./outside.contract";
import { smallPlans } from "./small-plans.contract";
import { sound, storedRuns } from "./sound.contract";
import { type VirtualTime, virtualTime } from "./virtual-time.contract";

const { LONG, SEED, SEEDS } = process.env;
const COUNT = SEEDS ? Number(SEEDS) : LONG ? 10_000 : 500;
const FIRST = Number(SEED ?? 1);

let cluster: Cluster;
let time: VirtualTime;
beforeAll(async () => {
  cluster = await startCluster();
  time = await virtualTime(cluster);
  await rig(time.pool).open();
  for (const payee of PAYEES) await openAccount(time.pool, payee, "microcredits");
});
afterAll(async () => {
  vi.useRealTimers();
  await time.pool.end();
  await cluster.stop();
});

const plans = new Map<Digest, Plan>(smallPlans.map((plan) => [digestOf(plan), plan]));
let played = 0;

async function playSeed(seed: number) {
  await time.reset();
  const dice = diceOf(seed);
  const gates = openGates();
  const around = outside({ agent: (ask) => (dice(8) === 0 ? refuses() : delivers(ask)) });
  const house = openHouse({ pool: time.pool, gates, outside: around, ledger: false });
  const trace: string[] = [];
  played += 1;
  const name = played.toString(36).padStart(4, "0");
  for (let count = 1 + dice(3); count > 0; count--) await house.start(oneOf(dice, smallPlans), `${name}-${count}`);
  try {
    await play({ house, gates, time, dice, trace });
    const stored = await storedRuns(time.pool, house.runs);
    const paid = new Map<string, bigint>();
    let spent = 0n;
    for (const each of stored) {
      const plan = plans.get(each.plan_hash) as Plan;
      const { paid: to, state } = sound(each, plan, key);
      spent += state.spent.amount;
      for (const [payee, amount] of to) paid.set(payee, (paid.get(payee) ?? 0n) + amount);
    }
    for (const payee of PAYEES) expect(around.balance(payee)).toBe(paid.get(payee) ?? 0n);
    expect(around.repeated()).toEqual([]);
    expect(around.balance(eve)).toBe(PURSE - spent);
  } catch (problem) {
    process.stderr.write(`seed ${seed}\n${trace.join("\n")}\n`);
    throw problem;
  } finally {
    for (const worker of [...house.workers]) house.kill(worker);
  }
  return trace.map((line) => line.replaceAll(name, "run"));
}

test("interleaving", async () => {
  const began = performance.now();
  let moves = 0;
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) moves += (await playSeed(seed)).length;
  process.stdout.write(
    `${COUNT} seeds, ${moves} moves, ${(performance.now() - began) / COUNT} ms each ${JSON.stringify(process.cpuUsage())}\n`,
  );
}, 3_600_000);
