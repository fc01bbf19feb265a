import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { MOST_ATTEMPTS } from "./again";
import { bundleSome } from "./bundle";
import type { Undelivered } from "./escalate";
import { tellSome } from "./expand";
import { DOWN, outboxRig } from "./outbox-rig.contract";
import { sendDue } from "./send";

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

/** A pool of a worker that dies at its `left`th word to the database: nothing that it says afterwards is heard. */
function mortal(of: Pool, left: number) {
  const life = { left };
  const live = () => {
    life.left -= 1;
    if (life.left < 0) throw new Error("killed");
  };
  const heard = (target: object) =>
    new Proxy(target, {
      get(on, name) {
        const value = Reflect.get(on, name);
        if (typeof value !== "function") return value;
        if (name === "connect") return async () => heard(await of.connect());
        return (...given: unknown[]) => {
          if (name === "query") live();
          return Reflect.apply(value, on, given);
        };
      },
    });
  return { pool: heard(of) as Pool, dead: () => life.left < 0 };
}

test("a worker that is killed at any word to the database loses nothing and tells nothing twice that it said it had told", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  let survived = false;
  let kills = 0;
  for (; !survived && kills < 100; kills++) {
    const taken = rig.channels.email.taken.length;
    const operation = await rig.ask(await rig.run("ada"), ["bob"]);
    const worker = mortal(pool, kills);
    try {
      await tellSome(worker.pool);
      await bundleSome(worker.pool);
      await sendDue({ ...rig.options("email"), pool: worker.pool }, worker.dead);
    } catch (problem) {
      expect(String(problem)).toContain("killed");
    }
    survived = !worker.dead();
    await rig.pass("3 minutes"); // its leases are over
    await rig.deliver();
    const { rows } = await pool.query(
      `select s.id, s.state from notice n join notice_delivery d on d.notice_id = n.id join notice_sending s on s.id = d.sending_id
        where n.operation = $1 and n.receiver_id = 'bob'`,
      [operation],
    );
    expect(rows, `killed at ${kills}`).toMatchObject([{ state: "sent" }]);
    const sent = rig.channels.email.taken.slice(taken);
    expect(sent.length, `killed at ${kills}`).toBeGreaterThan(0);
    expect(new Set(sent.map(({ id }) => id))).toEqual(new Set([rows[0].id])); // a repetition can be told by its id
    expect(sent.length).toBeLessThan(3);
    // Neither the address nor the sender has had its share of an hour.
    await pool.query("update notice_sending set created_at = created_at - interval '2 hours'");
    await pool.query("update notice set at = at - interval '2 hours'");
  }
  expect(survived).toBe(true);
  expect(kills).toBeGreaterThan(10);
  const { rows } = await pool.query("select count(*)::int as left from notice_happening where due_at <= now()");
  expect(rows[0].left).toBe(0);
});

test("workers side by side never have one message under way at once, and each arrives once", async () => {
  await rig.person("ada");
  const people = Array.from({ length: 12 }, (_, place) => `p${place}`);
  for (const person of people) await rig.person(person, "email");
  const run = await rig.run("ada");
  await rig.ask(run, people);
  await Promise.all([tellSome(pool), tellSome(pool), tellSome(pool)]);
  await Promise.all([bundleSome(pool), bundleSome(pool), bundleSome(pool)]);
  await rig.bundle(); // addresses that each left to another
  const { taken, state } = rig.channels.email;
  let open = () => {};
  state.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const work = () => sendDue(rig.options("email"), () => false);
  const workers = [work(), work(), work()];
  const underWay = async () => (await rig.sendings()).reduce((sum, { attempts }) => sum + attempts, 0);
  await expect.poll(underWay).toBe(12);
  // All are in somebody's hands, and none has come back: another finds nothing to do.
  let isIdle = false;
  const another = work().then(() => {
    isIdle = true;
  });
  await expect.poll(() => isIdle || state.twiceAtOnce).toBe(true);
  expect(state.twiceAtOnce).toBe(false);
  open();
  await Promise.all([...workers, another]);
  expect(taken).toHaveLength(12);
  expect(new Set(taken.map(({ id }) => id)).size).toBe(12);
  expect((await rig.sendings()).every(({ state: each, attempts }) => each === "sent" && attempts === 1)).toBe(true);
  expect(rig.problems).toEqual([]);
});

test("a worker that comes back after its lease says nothing over what another has written", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.tell();
  await rig.bundle();
  let open = () => {};
  rig.channels.email.state.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const late = sendDue(
    {
      ...rig.options("email"),
      channel: {
        ...rig.channels.email.channel,
        send: async (...given) => {
          const sent = await rig.channels.email.channel.send(...given);
          return sent.ok ? { ok: false, error: DOWN } : sent;
        },
      },
    },
    () => false,
  );
  await expect.poll(async () => (await rig.sendings())[0]?.attempts).toBe(1);
  await rig.pass("3 minutes");
  const before = rig.channels.email.state.gate;
  rig.channels.email.state.gate = null;
  await sendDue(rig.options("email"), () => false);
  expect(await rig.sendings()).toMatchObject([{ state: "sent", attempts: 2 }]);
  rig.channels.email.state.gate = before;
  open();
  await late;
  expect(await rig.sendings()).toMatchObject([{ state: "sent", attempts: 2, problem: null }]);
});

test("regression 7: the mail server is down: it is visible as undelivered, goes the next way, and whoever pays is told", async () => {
  await rig.person("ada", "webhook");
  await rig.person("bob", "email", "slack", "push");
  await pool.query(
    "insert into notice_preference values ('bob', 'approval_asked', 'slack', false), ('bob', 'approval_asked', 'push', false)",
  );
  await pool.query(
    "insert into notice_setting values ('bob', 'UTC', 0, 0, array['email', 'slack', 'push', 'webhook'])",
  );
  rig.channels.email.state.refuses = DOWN;
  const operation = await rig.ask(await rig.run("ada", "r7"), ["bob"]);
  await rig.deliver();
  expect(await rig.sendings()).toMatchObject([{ state: "queued", attempts: 1, problem: DOWN.problem }]);
  expect(rig.channels.slack.taken).toEqual([]);
  for (let more = 0; more < 2; more++) {
    await rig.pass("1 minute");
    await rig.deliver();
  }
  await rig.deliver();
  expect(rig.channels.slack.taken.map(({ title }) => title)).toEqual(["ADA asks: Send it?"]);
  expect(rig.channels.push.taken).toEqual([]);
  expect(rig.channels.webhook.taken.map(({ title }) => title)).toEqual(["Not delivered: Send it?"]);
  const [told] = (await rig.notices("ada")).filter(({ kind }) => kind === "notice_undelivered");
  expect(told).toMatchObject({ path: "/runs/r7" });
  rig.channels.email.state.refuses = null;
  await rig.pass("10 minutes");
  await rig.deliver();
  expect(rig.channels.email.taken).toHaveLength(1);
  expect(rig.channels.slack.taken).toHaveLength(1);
  expect((await rig.sendings()).filter(({ channel }) => channel === "email")).toMatchObject([
    { state: "sent", attempts: 4 },
  ]);
  expect(operation).toBe("r7/ask");
});

test("a ladder hears of what did not arrive, once, in the transaction that says so", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const heard: Undelivered[] = [];
  rig.channels.email.state.refuses = DOWN;
  await rig.ask(await rig.run("ada", "r8"), ["bob"]);
  await rig.deliver();
  const onUndelivered = async (_client: unknown, undelivered: Undelivered) => void heard.push(undelivered);
  for (let more = 0; more < 4; more++) {
    await rig.pass("1 hour");
    await sendDue({ ...rig.options("email"), onUndelivered }, () => false);
  }
  expect(heard).toEqual([{ operation: "r8/ask", run: "r8", person: "bob", channel: "email", problem: DOWN.problem }]);
});

test("a ladder does not hear of one person where the question has reached another", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  await rig.person("cyd", "slack");
  const heard: Undelivered[] = [];
  rig.channels.email.state.refuses = { ...DOWN, final: true };
  await rig.ask(await rig.run("ada", "r9"), ["bob", "cyd"]);
  await rig.tell();
  await rig.bundle();
  await sendDue(rig.options("slack"), () => false);
  const onUndelivered = async (_client: unknown, undelivered: Undelivered) => void heard.push(undelivered);
  await sendDue({ ...rig.options("email"), onUndelivered }, () => false);
  expect(heard).toEqual([]);
  expect((await rig.sendings()).map(({ state }) => state).sort()).toEqual(["dead", "sent"]);
});

test("it is given up in the end, and stays to be seen; what can never arrive is given up at once", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  rig.channels.email.state.refuses = DOWN;
  await rig.ask(await rig.run("ada"), ["bob"], { hours: 0.3 }); // not worth reminding of
  for (let time = 0; time < MOST_ATTEMPTS + 3; time++) {
    await rig.deliver();
    await rig.pass("2 hours");
  }
  expect(await rig.sendings()).toMatchObject([{ state: "dead", attempts: MOST_ATTEMPTS, problem: DOWN.problem }]);
  rig.channels.email.state.refuses = { code: "address_refused", problem: "no such user", final: true };
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  expect((await rig.sendings()).at(-1)).toMatchObject({ state: "dead", attempts: 1, problem: "no such user" });
});

test("an address that is gone is sent nothing more", async () => {
  await rig.person("ada");
  await rig.person("bob", "push");
  rig.channels.push.state.refuses = { code: "address_gone", problem: "it answered 410", final: true };
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  rig.channels.push.state.refuses = null;
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.deliver();
  expect(await rig.sendings()).toMatchObject([{ state: "dead", attempts: 1 }]);
  expect(rig.channels.push.taken).toEqual([]);
});

test("a channel that the operator has not set up is said to be absent, and the next way is taken", async () => {
  await rig.person("ada");
  await rig.person("bob", "email", "slack");
  await pool.query("insert into notice_preference values ('bob', 'approval_asked', 'slack', false)");
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.tell();
  await rig.bundle();
  await sendDue({ ...rig.options("email"), channel: null }, () => false);
  await rig.deliver();
  expect(await rig.sendings()).toMatchObject([
    { channel: "email", state: "dead" },
    { channel: "slack", state: "sent" },
  ]);
});

test("an address whose seal cannot be opened stops nothing else", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  await rig.person("cyd", "email");
  await pool.query("update notice_address set sealed = 'broken' where owner_id = 'bob'");
  await rig.ask(await rig.run("ada"), ["bob", "cyd"]);
  await rig.deliver();
  expect(rig.channels.email.taken).toHaveLength(1);
  expect(rig.problems).toHaveLength(1);
  expect((await rig.sendings()).map(({ state }) => state).sort()).toEqual(["queued", "sent"]);
});

test("a message that kills every worker that sends it is given up like any other", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.tell();
  await rig.bundle();
  await pool.query("update notice_sending set attempts = $1", [MOST_ATTEMPTS]);
  await sendDue(rig.options("email"), () => false);
  expect(rig.channels.email.taken).toEqual([]);
  expect(await rig.sendings()).toMatchObject([
    { state: "dead", problem: expect.stringContaining("never came to an end") },
  ]);
});

test("what asks for an answer is not sent once the time to answer is over, whether or not its run has noticed", async () => {
  await rig.person("ada");
  await rig.person("bob", "email");
  const operation = await rig.ask(await rig.run("ada"), ["bob"]);
  await rig.tell();
  await rig.bundle();
  await pool.query("update question set until = now() - interval '1 second' where operation = $1", [operation]);
  await sendDue(rig.options("email"), () => false);
  expect(rig.channels.email.taken).toEqual([]);
  expect((await rig.sendings()).map(({ state }) => state)).toEqual(["dropped"]);
});
