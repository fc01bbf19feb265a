import { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diceOf, oneOf } from "./dice.contract";
import { openGates } from "./gates.contract";
import { openHouse } from "./house.contract";
import { play } from "./interleave.contract";
import { delivers, outside, refuses } from "./outside.contract";
import { smallPlans } from "./small-plans.contract";
import { allSound, forgetRuns, openWorld, verified, type World } from "./world.contract";

const { LONG, SEED, SEEDS } = process.env;
const COUNT = SEEDS ? Number(SEEDS) : LONG ? 10_000 : 500;
const FIRST = Number(SEED ?? 1);
const MOST_RUNS = 3;
const MOST_DISTURBANCES = 12;
/** One seed in so many has the real ledger, whose transactions are interleaved too. */
const LEDGER_EVERY = 16;
/** One seed in so many has its receipts verified as a stranger would, which takes longer than to make them. */
const VERIFY_EVERY = 64;
const FORGET_EVERY = 250;
/** So many seeds have workers whose calls wait for a place and for their turn. */
const TIGHT_EVERY = 6;
const TIGHT = { callsOfAgent: 1, callsOfOwner: 2, rate: { perMinute: 600, burst: 1 } };

let world: World;
let ledgerPool: Pool;
beforeAll(async () => {
  world = await openWorld();
  const { options } = world.time.pool;
  ledgerPool = new Pool({ ...options, max: 20 });
  ledgerPool.on("error", () => undefined);
});
afterAll(async () => {
  await ledgerPool.end();
  await world.close();
});

let played = 0;

/** Plays one seed and says what happened. Errors: throws when anything is lost, doubled or otherwise than it should be. */
async function playSeed(seed: number): Promise<string[]> {
  const { time } = world;
  if (played % FORGET_EVERY === 0) await forgetRuns(time.pool);
  await time.reset();
  const tight = seed % TIGHT_EVERY === 0;
  if (tight) await time.pool.query("delete from call_rate");
  const dice = diceOf(seed);
  const ledger = seed % LEDGER_EVERY === 0 ? ledgerPool : null;
  const gates = openGates(ledger && (() => lockedIn(time.pool)));
  const around = outside({ agent: (ask) => (dice(8) === 0 ? refuses() : delivers(ask)) });
  const house = openHouse({
    pool: time.pool,
    gates,
    outside: around,
    ledger,
    ...(tight ? { limits: TIGHT } : {}),
  });
  const trace: string[] = [];
  played += 1;
  const name = played.toString(36).padStart(4, "0");
  for (let count = 1 + dice(MOST_RUNS); count > 0; count--)
    await house.start(oneOf(dice, smallPlans), `${name}-${count}`);
  const person = () => oneOf(dice, ["approved", "approved", "approved", "denied", "silent"] as const);
  try {
    await play({ house, gates, time, dice, crew: 2, disturbances: dice(MOST_DISTURBANCES + 1), person, trace });
    await allSound(house, smallPlans);
    if (seed % VERIFY_EVERY === 1) await verified(house);
  } catch (problem) {
    const again = `SEED=${seed} SEEDS=1 npx vitest run --project integration e2e/interleaving/interleaving`;
    throw new Error(`${again}\n${trace.join("\n")}\n${problem}`);
  } finally {
    for (const worker of [...house.workers]) house.kill(worker);
  }
  return trace.map((line) => line.replaceAll(name, "run"));
}

async function lockedIn(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>("select count(*)::int from pg_locks where not granted");
  return rows[0]?.count ?? 0;
}

test(`two workers, interleaved at every await by ${COUNT} seeds, lose nothing and double nothing`, async () => {
  const beganAt = process.hrtime.bigint();
  let moves = 0;
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) moves += (await playSeed(seed)).length;
  const ms = Number((process.hrtime.bigint() - beganAt) / 1_000_000n);
  process.stdout.write(`${COUNT} seeds from ${FIRST}, ${moves} moves, ${(ms / COUNT).toFixed(1)} ms a seed\n`);
}, 1_800_000);

test("the same seed makes the same moves, so that what it finds can be found again", async () => {
  for (const seed of [1, 2, 3, 5, 8]) expect(await playSeed(seed)).toEqual(await playSeed(seed));
});
