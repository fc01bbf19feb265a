import { beforeEach, expect, test } from "vitest";
import type { AccountId } from "@/flows/basics/ids";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { claim } from "./claiming";
import { eachWithRig } from "./fresh-rig.contract";
import type { Rig } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});
beforeEach(async () => {
  await studio.pool.query("insert into plan (hash, body) values ('p', '{}')");
});

/** Rows alone: nobody drives these runs. */
async function runsOf(owner: string, count: number, more: { wakes?: string; lease?: string; ids?: string } = {}) {
  const { wakes = "interval '-1 minute'", lease = "null", ids = owner } = more;
  await studio.pool.query(`insert into "user" (id, name) values ($1, $1) on conflict do nothing`, [owner]);
  await studio.pool.query(
    `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, wake_at, lease_until)
     select $2 || '-' || n, $1, 'f', 1, 'Flow', 'p', 'microcredits', 0, now() + ${wakes}, ${lease}
       from generate_series(1, $3::int) n`,
    [owner, ids, count],
  );
}

const ownersOf = (claimed: readonly { owner: string }[]) => claimed.map(({ owner }) => owner).sort();

test("one run of each owner is taken before a second of any, however many are due", async () => {
  await runsOf("ada", 500);
  await runsOf("bob", 1);
  await runsOf("cyd", 2);
  const first = await claim(studio.pool, { limit: 4, leaseMs: 60_000 });
  expect(ownersOf(first.claimed)).toEqual(["ada", "ada", "bob", "cyd"].sort());
  expect(first.more).toBe(true);
  const second = await claim(studio.pool, { limit: 4, leaseMs: 60_000 });
  expect(ownersOf(second.claimed)).toEqual(["ada", "ada", "ada", "cyd"]);
});

test("with more owners than places, turns go round: nobody comes twice before everybody has come once", async () => {
  for (let each = 10; each < 22; each++) await runsOf(`owner${each}`, 40);
  const came: string[] = [];
  let after = "owner17"; // in the middle, so that the turns have to go round
  for (let look = 0; look < 4; look++) {
    const claims = await claim(studio.pool, { limit: 3, leaseMs: 60_000, after });
    came.push(...claims.claimed.map(({ owner }) => owner));
    ({ after } = claims);
  }
  expect(came.slice(0, 3).sort()).toEqual(["owner18", "owner19", "owner20"]);
  expect(new Set(came).size).toBe(12);
});

test("an owner who holds all that one may is given nothing, and uses up nobody's turn", async () => {
  await runsOf("ada", 50);
  await runsOf("bob", 50);
  const held = new Map([["ada" as AccountId, 10]]);
  const claims = await claim(studio.pool, { limit: 20, leaseMs: 60_000, each: 10, held });
  expect(ownersOf(claims.claimed)).toEqual(Array.from({ length: 10 }, () => "bob"));
  expect(claims.more).toBe(true);
});

test("runs whose worker is gone are taken by the same turns as those that are due", async () => {
  await runsOf("ada", 200, { lease: "now() - interval '1 second'" });
  await runsOf("bob", 1, { lease: "now() - interval '1 millisecond'" });
  await runsOf("cyd", 1);
  const { claimed } = await claim(studio.pool, { limit: 3, leaseMs: 60_000 });
  expect(ownersOf(claimed)).toEqual(["ada", "bob", "cyd"]);
});

test("a claim looks at what it takes, not at what is parked or at who has a crowd of due runs", async () => {
  await runsOf("ada", 5_000);
  await runsOf("bob", 1);
  for (let each = 0; each < 4; each++) await runsOf(`idle${each}`, 5_000, { wakes: "interval '1 hour'" });
  await studio.pool.query("analyze run");
  const touched = async () => {
    const { rows } = await studio.pool.query(
      "select (idx_tup_fetch + seq_tup_read)::int as touched from pg_stat_user_tables where relname = 'run'",
    );
    return rows[0].touched as number;
  };
  await studio.pool.query("select pg_stat_force_next_flush()");
  const before = await touched();
  const { claimed } = await claim(studio.pool, { limit: 64, leaseMs: 60_000 });
  await studio.pool.query("select pg_stat_force_next_flush()");
  await expect.poll(touched).toBeGreaterThan(before);
  expect(claimed).toHaveLength(64);
  expect(ownersOf(claimed)).toContain("bob");
  expect((await touched()) - before).toBeLessThan(1_000);
});

/** What a figure comes to once it has stopped moving. */
async function settled(read: () => number): Promise<number> {
  let [last, same] = [read(), 0];
  const stands = () => {
    same = read() === last ? same + 1 : 0;
    last = read();
    return same;
  };
  await expect.poll(stands, { timeout: 30_000, interval: 50 }).toBeGreaterThan(20);
  return last;
}

test("one owner's crowd of slow runs keeps nobody else's single run waiting", async () => {
  const bob = await studio.person("bob");
  const { ports } = studio.portsWith();
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let slow = 0;
  const bobs = new Set<string>();
  const call: typeof ports.agents.call = async (ask) => {
    if (!bobs.has(ask.operation.split("/")[0] ?? "")) {
      slow += 1;
      await opened;
    }
    return ports.agents.call(ask);
  };
  const driver = await studio.drive({ ...ports, agents: { call } }, { limits: { rate: null, callsOfAgent: 100 } });
  const plan = planOf([callStep("a")]);
  await Promise.all(Array.from({ length: 560 }, () => studio.start(plan)));
  await expect.poll(() => slow, { timeout: 20_000 }).toBe(32);
  expect(await settled(driver.held)).toBe(384);
  bobs.add("bobs-run");
  const run = await studio.start(plan, "bobs-run", { owner: bob });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  expect(slow).toBe(32);
  open();
}, 60_000);
