import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, AgentId } from "@/flows/basics/ids";
import { callRates } from "./call-rates";
import { type Cluster, startCluster } from "./fresh-database.contract";

let cluster: Cluster;
let pool: Pool;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  ({ pool } = await cluster.database());
});
afterEach(() => pool.end());

const eve = AccountId.parse("eve");
const bob = AccountId.parse("bob");
const reader = AgentId.parse("acme/reader@1.0.0");
const writer = AgentId.parse("acme/writer@1.0.0");
const start = 1_800_000_000_000;

/** Rates of 60 a minute, 3 at once, by a clock that stands still until it is moved. */
function bucket() {
  const clock = { ms: start };
  return { clock, rates: callRates({ pool, rate: { perMinute: 60, burst: 3 }, now: () => clock.ms }) };
}

test("a burst goes at once, and from then on calls come at the rate, each asked for once", async () => {
  const { rates } = bucket();
  const waits = await Promise.all(Array.from({ length: 6 }, () => rates.turnIn({ owner: eve, agent: reader })));
  expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
  expect(await rates.turnIn({ owner: eve, agent: reader })).toBe(4_000);
});

test("every owner has a bucket for every agent", async () => {
  const { rates } = bucket();
  for (let each = 0; each < 3; each++) await rates.turnIn({ owner: eve, agent: reader });
  const asked = [
    rates.turnIn({ owner: eve, agent: reader }),
    rates.turnIn({ owner: bob, agent: reader }),
    rates.turnIn({ owner: eve, agent: writer }),
  ];
  expect(await Promise.all(asked)).toEqual([1_000, 0, 0]);
});

test("a bucket fills with time up to its burst and no further", async () => {
  const { rates, clock } = bucket();
  for (let each = 0; each < 3; each++) await rates.turnIn({ owner: eve, agent: reader });
  clock.ms += 1_000;
  expect(await rates.turnIn({ owner: eve, agent: reader })).toBe(0);
  expect(await rates.turnIn({ owner: eve, agent: reader })).toBe(1_000);
  clock.ms += 3_600_000;
  const waits = await Promise.all(Array.from({ length: 4 }, () => rates.turnIn({ owner: eve, agent: reader })));
  expect(waits).toEqual([0, 0, 0, 1_000]);
});

test("workers that ask at once share one bucket, and another worker finds it as it was left", async () => {
  const workers = [bucket().rates, bucket().rates];
  const waits = await Promise.all(
    workers.flatMap((rates) => Array.from({ length: 20 }, () => rates.turnIn({ owner: eve, agent: reader }))),
  );
  const late = waits.filter((ms) => ms > 0).sort((a, b) => a - b);
  expect(late).toEqual(Array.from({ length: 37 }, (_, place) => (place + 1) * 1_000));
  expect(await bucket().rates.turnIn({ owner: eve, agent: reader })).toBe(38_000);
});

test("turns that are given back are there for the next", async () => {
  const { rates } = bucket();
  for (let each = 0; each < 10; each++) await rates.turnIn({ owner: eve, agent: reader });
  await rates.handBack(Array.from({ length: 7 }, () => ({ owner: eve, agent: reader })));
  expect(await rates.turnIn({ owner: eve, agent: reader })).toBe(1_000);
});

test("a rate that cannot be asked lets nothing through", async () => {
  const { rates } = bucket();
  await pool.query("drop table call_rate");
  await expect(rates.turnIn({ owner: eve, agent: reader })).rejects.toThrow("call_rate");
});
