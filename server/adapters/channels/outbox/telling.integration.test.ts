import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { outboxRig } from "./outbox-rig.contract";

let cluster: Cluster;
let pool: Pool;
let rig: ReturnType<typeof outboxRig>;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  ({ pool } = await cluster.database());
  rig = outboxRig(pool);
});

const kinds = async (receiver: string) => (await rig.notices(receiver)).map(({ kind }) => kind);

test("each approver is told what is asked and for how much, with a page to open, and whoever pays that the run waits", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const operation = await rig.ask(await rig.run("ada", "r1"), ["bob", "nobody-known"]);
  await rig.deliver();
  expect(await rig.notices("bob")).toMatchObject([
    {
      kind: "approval_asked",
      title: "ADA asks: Send it?",
      text: "A run of Sales waits for your answer. A yes allows at most 2.50 credits.",
      path: `/approvals/${encodeURIComponent(operation)}`,
    },
  ]);
  expect(await rig.notices("ada")).toMatchObject([{ kind: "run_waiting", path: "/runs/r1" }]);
  expect(rig.channels.email.taken.map(({ title, items }) => [title, items[0]?.url])).toEqual([
    ["ADA asks: Send it?", `https://studio.test/approvals/${encodeURIComponent(operation)}`],
  ]);
  expect(await rig.sendings()).toMatchObject([{ channel: "email", state: "sent", attempts: 1 }]);
});

test("a question that its run takes back in the same breath is told to nobody", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const operation = await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.settle(operation, "withdrawn");
  await rig.deliver();
  expect(await kinds("bob")).toEqual(["approval_withdrawn"]);
  expect(rig.channels.email.taken).toEqual([]);
});

test("whoever comes to be asked later is told then, and nobody twice", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  await rig.person("cyd", "email");
  const operation = await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  await pool.query("update question set approvers = array['bob', 'cyd'] where operation = $1", [operation]);
  await pool.query("update question set approvers = array['cyd', 'bob'] where operation = $1", [operation]);
  await rig.deliver();
  expect(await kinds("bob")).toEqual(["approval_asked"]);
  expect(await rig.notices("cyd")).toMatchObject([
    { kind: "approval_escalated", title: "Passed on to you: ADA asks: Send it?" },
  ]);
  expect(rig.channels.email.taken).toHaveLength(2);
});

test("an answer is told to whoever pays, unless it is their own; what is answered is mailed to nobody afterwards", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  rig.channels.email.state.refuses = { code: "channel_unreachable", problem: "down", final: false };
  const operation = await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  await rig.settle(operation, "answered", "bob");
  rig.channels.email.state.refuses = null;
  await rig.pass("1 hour");
  await rig.deliver();
  expect(rig.channels.email.taken).toEqual([]);
  expect((await rig.sendings()).map(({ state }) => state)).toEqual(["dropped"]);
  expect(await rig.notices("ada")).toMatchObject([
    { kind: "run_waiting" },
    { kind: "approval_settled", title: "BOB agreed: Send it?" },
  ]);
  const own = await rig.ask(await rig.run("ada"), ["ada"]);
  await rig.settle(own, "answered", "ada");
  await rig.deliver();
  expect(await kinds("ada")).toEqual(["run_waiting", "approval_settled"]);
});

test("who has not answered is asked once more at half of the time, unless it is answered by then", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const [first, second] = [await rig.ask(await rig.run("ada"), ["bob"]), await rig.ask(await rig.run("ada"), ["bob"])];
  await rig.deliver();
  await rig.settle(second, "answered", "bob");
  await rig.pass("24 hours");
  await rig.deliver();
  const reminders = (await rig.notices("bob")).filter(({ kind }) => kind === "approval_reminder");
  expect(reminders).toMatchObject([
    { title: "Still waiting: ADA asks: Send it?", path: `/approvals/${encodeURIComponent(first)}` },
  ]);
});

test("runs tell their ends: failed, over budget, cancelled by somebody else, and many that succeed are one notice", async () => {
  await rig.person("ada", "email");
  for (let each = 0; each < 3; each++) await rig.end(await rig.run("ada"), "succeeded");
  await rig.end(await rig.run("ada"), "failed", {
    result: "failed",
    step: "a",
    path: [],
    code: "agent_away",
    reason: "It is away.",
  });
  await rig.end(await rig.run("ada"), "failed", {
    result: "failed",
    step: null,
    path: [],
    code: "cap_reached",
    reason: "No room.",
  });
  await rig.end(await rig.run("ada"), "cancelled", { result: "cancelled", by: "ada" });
  await rig.end(await rig.run("ada"), "cancelled", { result: "cancelled", by: "operator" });
  await rig.deliver();
  const told = (await rig.notices("ada")).map(({ kind, times }) => `${kind} ${times}`).sort();
  expect(told).toEqual(["run_cancelled 1", "run_failed 1", "run_over_budget 1", "run_succeeded 3"]);
  expect(rig.channels.email.taken.map(({ title }) => title).sort()).toEqual([
    "Sales failed",
    "Sales stopped: its budget did not suffice",
  ]);
});

test("an outcome that stays unknown is told, one that passes is not; a run that stands still is told", async () => {
  await rig.person("ada");
  const [passes, stays] = [await rig.run("ada"), await rig.run("ada")];
  for (const run of [passes, stays]) await rig.end(run, "unknown", { result: "" });
  await rig.end(passes, "running", { result: "" });
  await rig.deliver();
  expect(await kinds("ada")).toEqual([]);
  await rig.pass("31 seconds");
  await rig.deliver();
  expect(await rig.notices("ada")).toMatchObject([{ kind: "run_waiting", path: `/runs/${stays}` }]);
  await pool.query("update run set fault = 'broken' where id = $1", [passes]);
  await rig.deliver();
  expect((await rig.notices("ada")).at(-1)).toMatchObject({ kind: "run_failed", title: "Sales stands still" });
});

test("two days before nothing more is earned its payer is told, unless more time was given or the run has ended", async () => {
  await rig.person("ada", "email");
  const runs = [await rig.run("ada"), await rig.run("ada"), await rig.run("ada")] as const;
  const [short, extended, ended] = runs;
  for (const run of runs)
    await pool.query(
      `insert into escrow (run_id, owner_id, plan_hash, address, terms, start, cap, settle_by, fees, rent)
       values ($1, 'ada', 'p', $1, '{}', '{}', 0, now() + interval '7 days', 0, 0)`,
      [run],
    );
  await pool.query("update escrow set stands = 'open'");
  await rig.deliver();
  expect(await kinds("ada")).toEqual([]);
  await pool.query("update escrow set settle_by = now() + interval '47 hours'");
  await pool.query("update escrow set settle_by = now() + interval '9 days' where run_id = $1", [extended]);
  await pool.query("update run set finished_at = now() where id = $1", [ended]);
  await rig.deliver();
  expect(await rig.notices("ada")).toMatchObject([
    { kind: "run_time_short", title: "Sales runs out of time", path: `/runs/${short}` },
  ]);
  expect(rig.channels.email.taken).toHaveLength(1);
});

test("what somebody chose holds; what a run waits for is in the studio all the same", async () => {
  await rig.person("ada");
  await rig.person("bob", "email", "push");
  for (const [kind, channel] of [
    ["approval_asked", "email"],
    ["approval_asked", "in_app"],
    ["run_failed", "in_app"],
  ])
    await pool.query("insert into notice_preference (owner_id, kind, channel, wanted) values ('bob', $1, $2, false)", [
      kind,
      channel,
    ]);
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  expect(rig.channels.email.taken).toEqual([]);
  expect(rig.channels.push.taken).toHaveLength(1);
  expect(await rig.notices("bob")).toMatchObject([{ kind: "approval_asked", in_app: true }]);
});

test("nothing but a check goes to an address that is not proved to be theirs", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  await pool.query("update notice_address set verified_at = null");
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  expect(await rig.sendings()).toEqual([]);
});

test("whoever asks a lot is heard at once ten times an hour; the rest comes as one message, and all of it is in the studio", async () => {
  await rig.person("mallory");
  await rig.person("bob", "email");
  for (let each = 0; each < 25; each++) {
    await rig.ask(await rig.run("mallory"), ["bob"], { question: `Pay ${each}?` });
    await rig.deliver();
  }
  expect(rig.channels.email.taken).toHaveLength(10);
  expect(await rig.notices("bob")).toHaveLength(25);
  await rig.pass("1 hour");
  await rig.deliver();
  expect(rig.channels.email.taken).toHaveLength(11);
  expect(rig.channels.email.taken.at(-1)).toMatchObject({ title: expect.stringMatching(/^15 notices: /) });
  expect(rig.channels.email.taken.at(-1)?.items).toHaveLength(15);
});

test("in somebody's quiet hours nothing goes out, but for what would be refused by silence before they end", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const now = new Date();
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
  const [from, until] = [(minute + 1_440 - 60) % 1_440, (minute + 120) % 1_440];
  await pool.query("insert into notice_setting values ('bob', 'UTC', $1, $2, array['email'])", [from, until]);
  await rig.ask(await rig.run("ada"), ["bob"], { hours: 48, question: "Later?" });
  await rig.ask(await rig.run("ada"), ["bob"], { hours: 1, question: "Soon?" });
  await rig.deliver();
  expect(rig.channels.email.taken.map(({ title }) => title)).toEqual(["ADA asks: Soon?"]);
  await rig.pass("2 hours");
  await rig.deliver();
  expect(rig.channels.email.taken.map(({ title }) => title)).toContain("ADA asks: Later?");
});

test("a question whose body cannot be read is still asked", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const run = await rig.run("ada");
  await pool.query(
    "insert into question (operation, run_id, subject, about, approvers, until) values ($1, $2, 'd', 'no json', array['bob'], now() + interval '1 day')",
    [`${run}/ask`, run],
  );
  await rig.deliver();
  expect(rig.channels.email.taken.map(({ title }) => title)).toEqual(["ADA asks: Do you agree?"]);
});

test("a listing that a reviewer suspends is told to whoever publishes it, with the reason", async () => {
  await rig.person("ada", "email");
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, owner_id)
     values ('acme/x@1.0.0', '{}', 'd', 'acme', 'outside', 'https://x.test', 'active', 'ada')`,
  );
  await pool.query("update agent_version set state = 'suspended', reason = 'It cheats.'");
  await rig.deliver();
  expect(rig.channels.email.taken.map(({ items }) => [items[0]?.title, items[0]?.text])).toEqual([
    ["acme/x@1.0.0 was suspended", "It cheats."],
  ]);
});

test("a question that somebody changed, and agreed to, is not told as refused", async () => {
  await rig.person("ada");
  const operation = await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  await pool.query("update question set state = 'replaced', answered_by = 'bob' where operation = $1", [operation]);
  await rig.deliver();
  expect(await kinds("ada")).toEqual(["run_waiting"]);
});
