import { setMaxListeners } from "node:events";
import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, RunId } from "@/flows/basics/ids";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { postgresLive } from "./postgres";

type Live = ReturnType<typeof postgresLive>;

let cluster: Cluster;
let pool: Pool;
let live: Live;
let leaving: AbortController;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  const database = await cluster.database();
  pool = database.pool;
  live = postgresLive({ pool, databaseUrl: database.url });
  leaving = new AbortController();
  setMaxListeners(0, leaving.signal); // a hundred streams leave together
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve'), ('bob', 'Bob')`);
  await pool.query("insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')");
  await pool.query("insert into plan (hash, body) values ('p', '{}')");
});
afterEach(() => leaving.abort());

const eve = AccountId.parse("eve");
const named = (id: string) => RunId.parse(id);

async function begin(id: string, owner = "eve") {
  await pool.query(
    `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget)
     values ($1, $2, 'f', 1, 'Flow', 'p', 'microcredits', 1)`,
    [id, owner],
  );
  return named(id);
}

/** As the driver does it: the events, where the run is, and the notice, at once. */
async function move(run: string, events: number, ends = false) {
  await pool.query(
    `with moved as (
       update run set seq = seq + $2, finished_at = case when $3 then now() end where id = $1 returning id, seq
     ), events as (
       insert into run_event (run_id, seq, event, at)
       select id, seq - $2 + e, '"event"', now() from moved, generate_series(1, $2::int) e
     )
     select pg_notify('run_moved', id || ':' || seq || ':running') from moved`,
    [run, events, ends],
  );
}

async function say(run: string, text: string) {
  await pool.query(
    `with said as (
       insert into run_progress (operation, run_id, start, text) values ($1 || '/a/call', $1, 0, $2)
       on conflict (operation, start) do update set n = excluded.n, text = excluded.text returning run_id
     ) select pg_notify('run_progress', run_id) from said`,
    [run, text],
  );
}

type Heard = { seqs: number[]; texts: string[]; ended: boolean };

/** Reads a stream as fast as it comes. */
function listen(run: RunId, after = 0): Heard {
  const heard: Heard = { seqs: [], texts: [], ended: false };
  void (async () => {
    for await (const news of live.follow({ run, after }, leaving.signal)) {
      if (news.kind === "journal") heard.seqs.push(news.seq);
      else heard.texts.push(news.text);
    }
    heard.ended = true;
  })();
  return heard;
}

/** Waits until nobody asks anything any more. */
async function quiet(asked: () => readonly unknown[]): Promise<void> {
  for (let before = -1; before !== asked().length; ) {
    before = asked().length;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, place) => place + 1);

/** What the pool is asked from now on. */
function queriesOf(): () => { name: string; values: unknown[][] }[] {
  const asked: { name: string; values: unknown[][] }[] = [];
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  Object.assign(pool, {
    query(...given: unknown[]) {
      const [what] = given as [{ name?: string; values?: unknown[][] }];
      if (what.name) asked.push({ name: what.name, values: what.values ?? [] });
      return query(...given);
    },
  });
  return () => asked;
}

test("a hundred streams share one connection, and a notice is read for those whom it concerns, together", async () => {
  const runs = await Promise.all(upTo(20).map((place) => begin(`r${place}`)));
  const streams = upTo(100).map((place) => ({ run: runs[place % 20], heard: listen(runs[place % 20] as RunId) }));
  await Promise.all(runs.map((run) => move(run, 3)));
  for (const { heard } of streams) await expect.poll(() => heard.seqs).toEqual([1, 2, 3]);
  const { rows } = await pool.query<{ listeners: number; all: number }>(
    `select count(*) filter (where query like 'listen%')::int as listeners, count(*)::int as all
       from pg_stat_activity where datname = current_database()`,
  );
  expect(rows[0]?.listeners).toBe(1);
  expect(rows[0]?.all).toBeLessThan(12); // the pool of this test has up to eight

  const asked = queriesOf();
  await quiet(asked);
  const settled = asked().length;
  await move("r7", 1);
  const concerned = streams.filter(({ run }) => run === "r7");
  expect(concerned).toHaveLength(5);
  for (const { heard } of concerned) await expect.poll(() => heard.seqs).toEqual([1, 2, 3, 4]);
  await quiet(asked);
  expect(asked().slice(settled)).toEqual([
    { name: "news_journal", values: [["r7"], [3]] },
    { name: "news_said", values: [["r7"], [0]] },
  ]);

  const before = asked().length;
  for (let times = 0; times < 100; times++) await move(`r${(times % 20) + 1}`, 1);
  for (const { run, heard } of streams) await expect.poll(() => heard.seqs.length).toBe(run === "r7" ? 9 : 8);
  expect(asked().length - before).toBeLessThan(60); // for two thousand pairs of a notice and a stream that it concerns
});

test("a stream ends with its run, when all of it was told", async () => {
  const run = await begin("r");
  await move(run, 450);
  const [whole, rest] = [listen(run), listen(run, 449)];
  await expect.poll(() => whole.seqs.length).toBe(450);
  await move(run, 1, true);
  await expect.poll(() => whole.ended && rest.ended).toBe(true);
  expect(whole.seqs).toEqual(upTo(451));
  expect(rest.seqs).toEqual([450, 451]);
});

test("whoever is slow holds nothing meanwhile, and reads on where it was", async () => {
  const run = await begin("r");
  const slow = live.follow({ run, after: 0 }, leaving.signal);
  await move(run, 1);
  expect(await slow.next()).toMatchObject({ value: { seq: 1 } });
  const asked = queriesOf();
  for (let times = 0; times < 50; times++) await move(run, 20);
  for (let times = 0; times < 50; times++) await say(run, `said ${times}`);
  expect(asked()).toEqual([]);
  await move(run, 1, true);
  const seqs: number[] = [];
  const texts: string[] = [];
  for await (const news of slow) {
    if (news.kind === "journal") seqs.push(news.seq);
    else texts.push(news.text);
  }
  expect(seqs).toEqual(upTo(1_002).slice(1));
  expect(texts).toEqual(["said 49"]);
});

test("what happens while the connection is away is told when it is back, once", async () => {
  const run = await begin("r");
  const heard = listen(run);
  const moves: unknown[] = [];
  void (async () => {
    for await (const each of live.moves(eve, leaving.signal)) moves.push(each);
  })();
  await move(run, 2);
  await say(run, "before");
  await expect.poll(() => [heard.seqs, heard.texts]).toEqual([[1, 2], ["before"]]);
  await pool.query("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'");
  await pool.query("truncate run_progress restart identity"); // as a crash of the database does
  await move(run, 2);
  await say(run, "after");
  await expect.poll(() => heard.seqs, { timeout: 10_000 }).toEqual([1, 2, 3, 4]);
  await expect.poll(() => heard.texts).toEqual(["before", "after"]);
  await expect.poll(() => moves.at(-1)).toEqual({ behind: true });
});

test("a screen that is slow is told the last move of each run, and beyond two hundred runs that it is behind", async () => {
  const run = await begin("r");
  const bobs = await begin("bobs", "bob");
  const moves = live.moves(eve, leaving.signal);
  const first = moves.next();
  await expect
    .poll(async () => {
      await move(run, 1); // until it listens
      return Promise.race([first, new Promise((resolve) => setTimeout(resolve, 60))]);
    })
    .toMatchObject({ value: { run: "r" } });
  for (let times = 0; times < 30; times++) await move(run, 1);
  await move(bobs, 1);
  const { rows } = await pool.query<{ seq: number }>("select seq from run where id = 'r'");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await moves.next()).toMatchObject({ value: { run: "r", seq: rows[0]?.seq } });

  const many = await Promise.all(upTo(250).map((place) => begin(`many${place}`)));
  for (const each of many) await move(each, 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await moves.next()).toMatchObject({ value: { behind: true } });
});

test("a move is heard by those whom a question asks now and by whoever stands in for them, and by nobody who was taken out", async () => {
  await pool.query(`insert into "user" (id, name) values ('ann', 'Ann'), ('dan', 'Dan')`);
  await pool.query("insert into organisation (id, name) values ('acme', 'Acme')");
  await pool.query(
    "insert into membership (org_id, user_id, roles) values ('acme', 'ann', '{}'), ('acme', 'bob', '{}')",
  );
  await pool.query("insert into group_member (org_id, name, user_id) values ('acme', 'finance', 'ann')");
  await pool.query(
    `insert into delegation (id, from_id, to_id, from_at, until)
     values ('d', 'ann', 'dan', now() - interval '1 hour', now() + interval '1 hour')`,
  );
  const run = await begin("r");
  await pool.query(
    `insert into question (operation, run_id, subject, about, approvers, until, asked)
     values ('r/q/ask', 'r', 'd', '{}', '{ann,bob}', now() + interval '1 hour', '{}')`,
  );
  await pool.query(
    `insert into question_asked (operation, person, capacity, weight, rung, from_at)
     select 'r/q/ask', person, '@group:acme/finance', 1, 0, now() from unnest('{ann,bob}'::text[]) person`,
  );
  const heard = new Map<string, number>();
  for (const person of ["eve", "ann", "bob", "dan"])
    void (async () => {
      for await (const _ of live.moves(AccountId.parse(person), leaving.signal))
        heard.set(person, (heard.get(person) ?? 0) + 1);
    })();
  await expect
    .poll(async () => {
      await move(run, 1); // until it listens
      return [...heard.keys()].sort();
    })
    .toEqual(["ann", "dan", "eve"]);
});
