import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { inboxRepo, MOST_UNREAD } from "./inbox-repo";
import { runsRepo } from "./runs-repo";
import { stoppedRepo } from "./stopped-repo";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const eve = AccountId.parse("eve");
const bob = AccountId.parse("bob");
const at = (minute: number) => new Date(minute * 60_000);

async function studio() {
  const { url, pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve'), ('bob', 'Bob')`);
  await pool.query("insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')");
  await pool.query("insert into plan (hash, body) values ('p', '{}')");
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  return {
    pool,
    stopped: stoppedRepo(db),
    runs: runsRepo(db, { freshAbove: null }),
    inbox: inboxRepo(db),
    close: () => db.$disconnect(),
    async run(id: string, more: { owner?: string; fault?: string; at?: Date; status?: string } = {}) {
      await pool.query(
        `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, fault, faulted_at, status)
         values ($1, $2, 'f', 1, 'Flow', 'p', 'microcredits', 0, $3, $4, $5)`,
        [id, more.owner ?? "eve", more.fault ?? null, more.at ?? null, more.status ?? "running"],
      );
      return RunId.parse(id);
    },
    async letter(run: string, diedAt: Date, owner = "eve") {
      const { rows } = await pool.query<{ id: string }>(
        `insert into dead_letter (run_id, owner_id, key, event, cause, written_at, died_at)
         values ($1, $2, 'cancel', 'text', 'It cannot be read.', $3, $4) returning id`,
        [run, owner, at(1), diedAt],
      );
      return BigInt(rows[0]?.id ?? 0);
    },
    unread: async () => (await pool.query("select run_id, key, event, created_at from run_inbox order by id")).rows,
  };
}

test("what stopped is listed with its cause, the latest first, page by page, to its owner alone", async () => {
  const { stopped, run, letter, close } = await studio();
  await run("sound");
  await run("broken", { fault: "RangeError: no step 7", at: at(20) });
  await run("older", { fault: "RangeError: no step 8", at: at(10) });
  await run("bobs", { owner: "bob", fault: "RangeError", at: at(30) });
  const id = await letter("sound", at(15));
  await letter("bobs", at(16), "bob");
  const all = await stopped.list(eve, { take: 10 });
  expect(all).toEqual([
    { kind: "run", id: "broken", run: "broken", flowName: "Flow", cause: "RangeError: no step 7", since: at(20) },
    {
      ...{ kind: "letter", letter: id, id: `letter ${id}`, run: "sound", flowName: "Flow" },
      ...{ cause: "It cannot be read.", since: at(15) },
    },
    { kind: "run", id: "older", run: "older", flowName: "Flow", cause: "RangeError: no step 8", since: at(10) },
  ]);
  const [first] = await stopped.list(eve, { take: 1 });
  expect(first).toEqual(all[0]);
  if (!first) throw new Error("nothing stopped");
  expect(await stopped.list(eve, { take: 10, before: { since: first.since, id: first.id } })).toEqual(all.slice(1));
  await close();
});

test("a letter that is tried again is back in the mail with its own time, once, and only for its owner", async () => {
  const { stopped, run, letter, unread, pool, close } = await studio();
  await run("r");
  const id = await letter("r", at(15));
  expect(await stopped.retryLetter(bob, id)).toBe("letter_not_found");
  expect(await unread()).toEqual([]);
  const tried = await Promise.all([stopped.retryLetter(eve, id), stopped.retryLetter(eve, id)]);
  expect(tried.sort()).toEqual(["letter_not_found", "retried"]);
  expect(await unread()).toEqual([{ run_id: "r", key: "cancel", event: "text", created_at: at(1) }]);
  expect(await stopped.list(eve, { take: 10 })).toEqual([]);
  expect((await pool.query("select due from run")).rows).toEqual([{ due: true }]);
  await close();
});

test("a letter that was replaced by a newer one is not tried again, and stays on the list", async () => {
  const { stopped, inbox, run, letter, unread, close } = await studio();
  const id = await run("r");
  const dead = await letter("r", at(15));
  expect(await inbox.post({ run: id, key: "cancel", event: { type: "cancel_asked", by: eve } })).toBe("posted");
  expect(await stopped.retryLetter(eve, dead)).toBe("letter_replaced");
  expect(await unread()).toHaveLength(1);
  expect(await stopped.list(eve, { take: 10 })).toHaveLength(1);
  await close();
});

test("what is set aside leaves the list, with who did it and when; a run that stops again comes back", async () => {
  const { stopped, runs, run, letter, pool, close } = await studio();
  const broken = await run("broken", { fault: "RangeError", at: at(20) });
  const id = await letter("broken", at(15));
  expect(await stopped.setLetterAside(bob, id)).toBe(false);
  expect(await stopped.setRunAside(bob, broken)).toBe(false);
  expect(await stopped.setLetterAside(eve, id)).toBe(true);
  expect(await stopped.setLetterAside(eve, id)).toBe(false);
  expect(await stopped.setRunAside(eve, broken)).toBe(true);
  expect(await stopped.list(eve, { take: 10 })).toEqual([]);
  expect((await pool.query("select fault, fault_seen_by from run")).rows).toEqual([
    { fault: "RangeError", fault_seen_by: "eve" },
  ]);
  expect((await pool.query("select resolved_by from dead_letter")).rows).toEqual([{ resolved_by: "eve" }]);
  expect(await runs.retry(eve, broken)).toBe(true);
  await pool.query("update run set fault = 'RangeError', faulted_at = now()");
  expect(await stopped.list(eve, { take: 10 })).toHaveLength(1);
  await close();
});

test("a run's mail has a limit, which a repeated letter and the payer's stop do not meet", async () => {
  const { inbox, run, unread, close } = await studio();
  const id = await run("r");
  const answer = (place: number) => {
    const operation = OperationId.parse(`r/s${place}/ask`);
    const event = { type: "approval_answered", operation, by: eve, answer: "denied", subject: digestOf("x") } as const;
    return inbox.post({ run: id, key: `answer/${operation}`, event });
  };
  for (let place = 0; place < MOST_UNREAD; place++) expect(await answer(place)).toBe("posted");
  expect(await answer(MOST_UNREAD)).toBe("mail_full");
  expect(await answer(0)).toBe("repeated");
  expect(await inbox.post({ run: id, key: "cancel", event: { type: "cancel_asked", by: eve } })).toBe("posted");
  expect(await unread()).toHaveLength(MOST_UNREAD + 1);
  await close();
});

test("runs that are not over are counted by what they do, to a limit", async () => {
  const { runs, run, pool, close } = await studio();
  for (const status of ["queued", "running", "unknown", "waiting", "waiting", "succeeded"])
    await run(status + Math.random(), { status });
  await run("bobs", { owner: "bob" });
  await pool.query("update run set finished_at = now() where status = 'succeeded'");
  expect(await runs.underWay(eve, { working: 10, waiting: 10 })).toEqual({ working: 3, waiting: 2 });
  expect(await runs.underWay(eve, { working: 2, waiting: 1 })).toEqual({ working: 2, waiting: 1 });
  await close();
});
