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
  await rig.person("ada", "email");
  await pool.query(`update "user" set created_at = now() - interval '1 year'`);
});

const passkey = (id: string, waits: string) =>
  pool.query(
    `insert into passkey (id, account_id, name, public_key, counter, transports, counts_from)
     values ($1, 'ada', $2, '', 0, '{}', now() + $3::interval)`,
    [id, `Laptop ${id}`, waits],
  );
const wallet = (waits: string) =>
  pool.query(
    "insert into wallet_link (address, account_id, counts_from) values ('9xQe', 'ada', now() + $1::interval)",
    [waits],
  );
const titles = () => rig.channels.email.taken.flatMap(({ items }) => items.map(({ title }) => title));

test("whoever owns an account hears at once what comes to sign in it and what leaves, at every address, whatever they chose", async () => {
  await pool.query(
    "insert into notice_preference (owner_id, kind, channel, wanted) values ('ada', 'means_changed', 'email', false), ('ada', 'means_changed', 'in_app', false)",
  );
  await passkey("1", "24 hours");
  await rig.deliver();
  const [told] = await rig.notices("ada");
  expect(told).toMatchObject({
    ...{ kind: "means_changed", title: "A passkey was added to your account: Laptop 1", path: "/settings" },
    ...{ text: expect.stringMatching(/does not count yet.*takes no signature/), in_app: true },
  });
  const [mail] = rig.channels.email.taken.flatMap(({ items }) => items);
  expect(mail?.facts).toMatchObject([{ name: "Counts from" }]);
  await passkey("2", "0 hours");
  await rig.deliver();
  expect((await rig.notices("ada")).at(-1)?.text).toMatch(/says yes in your name from now on/);
  await pool.query("delete from passkey where id = '1'");
  await wallet("24 hours");
  await pool.query("delete from wallet_link");
  await rig.deliver();
  expect(titles().toSorted()).toEqual([
    "A passkey was added to your account: Laptop 1",
    "A passkey was added to your account: Laptop 2",
    "A passkey was removed from your account: Laptop 1",
    "A wallet was linked to your account: 9xQe",
    "A wallet was unlinked from your account: 9xQe",
  ]);
});

test("quiet hours hold back what counts, and not what would count before they end", async () => {
  await pool.query(
    "insert into notice_setting (owner_id, zone, quiet_from, quiet_until, channel_order) values ('ada', 'UTC', 0, 1439, '{email,push,slack,webhook}')",
  );
  await passkey("1", "1 minute");
  await rig.deliver();
  expect(titles()).toEqual(["A passkey was added to your account: Laptop 1"]);
});

test("the wallet that opens a new account is no news; one that comes to an old account is", async () => {
  await pool.query(`update "user" set created_at = now()`);
  await wallet("0 hours");
  await rig.deliver();
  expect(await rig.notices("ada")).toEqual([]);
  await pool.query("delete from wallet_link");
  await pool.query(`update "user" set created_at = now() - interval '1 year'`);
  await wallet("0 hours");
  await rig.deliver();
  expect((await rig.notices("ada")).map(({ title }) => title)).toEqual([
    "A wallet was unlinked from your account: 9xQe",
    "A wallet was linked to your account: 9xQe",
  ]);
});

test("whoever is invited is told by whom, once a day however often; nobody is told who has no account", async () => {
  await rig.person("bob");
  await pool.query("insert into organisation (id, name) values ('acme', 'Acme')");
  const invite = (person: string) =>
    pool.query(
      "insert into invitation (org_id, user_id, by_id, roles, groups) values ('acme', $1, 'ada', '{}', '{}')",
      [person],
    );
  for (let times = 0; times < 3; times++) {
    await invite("bob");
    await pool.query("delete from invitation");
  }
  await invite("nobody-known");
  await rig.deliver();
  expect(await rig.notices("bob")).toMatchObject([
    { kind: "invitation_sent", title: "ADA invites you to Acme", path: "/settings" },
  ]);
  expect(await rig.notices("nobody-known")).toEqual([]);
});

test("whoever started a run hears once that too few of those whom it asks can still agree, and not where there are enough", async () => {
  for (const person of ["ada", "bob", "cyd", "dan"]) await rig.person(person);
  await pool.query("insert into organisation (id, name) values ('acme', 'Acme')");
  for (const person of ["bob", "cyd", "dan"]) {
    await pool.query("insert into membership (org_id, user_id, roles) values ('acme', $1, '{approver}')", [person]);
    await pool.query("insert into group_member (org_id, name, user_id) values ('acme', 'finance', $1)", [person]);
  }
  /** A question to all of finance. */
  const asked = async (agreement: object) => {
    const operation = await rig.ask(await rig.run("ada"), ["bob", "cyd", "dan"]);
    const all = { approvers: ["@group:acme/finance"], agreement };
    await pool.query("update question set asked = $2, payer = 'ada' where operation = $1", [
      operation,
      JSON.stringify(all),
    ]);
    await pool.query(
      `insert into question_asked (operation, person, capacity, weight, rung, from_at)
       select $1, unnest(array['bob', 'cyd', 'dan']), '@group:acme/finance', 1, 0, now()`,
      [operation],
    );
    return operation;
  };
  const voted = (operation: string, person: string, answer: string) =>
    pool.query(
      `insert into question_vote (operation, person, capacity, answer, weight, evidence, subject, seen, at)
       values ($1, $2, '@group:acme/finance', $3, 1, '{}', 's', '', now())`,
      [operation, person, answer],
    );
  const told = async () => {
    await rig.deliver();
    const all = (await rig.notices("ada")).filter(({ kind }) => kind === "approval_out_of_reach");
    return all.map(({ title, path }) => [title, path]);
  };
  const of = (operation: string) => [
    "Too few can still agree: Send it?",
    `/approvals/${encodeURIComponent(operation)}`,
  ];
  const [two, one] = [await asked({ least: 2, against: 1 }), await asked({ least: 1, against: 1 })];
  await voted(two, "bob", "approved");
  await pool.query("delete from membership where user_id = 'cyd'");
  expect(await told()).toEqual([]); // Dan can still say the second yes

  // Put into the same groups again at once, as whoever edits a member does.
  await pool.query(
    `begin; delete from group_member where user_id = 'dan';
     insert into group_member (org_id, name, user_id) values ('acme', 'finance', 'dan'); commit`,
  );
  expect(await told()).toEqual([]);
  await pool.query("delete from group_member where user_id = 'dan'");
  expect(await told()).toEqual([of(two)]);
  await pool.query("delete from membership where user_id = 'dan'");
  await pool.query("delete from group_member where user_id = 'bob'");
  expect(await told()).toEqual([of(two), of(one)]); // each once

  await pool.query(
    `insert into membership (org_id, user_id, roles) values ('acme', 'cyd', '{approver}'), ('acme', 'dan', '{approver}');
     insert into group_member (org_id, name, user_id) select 'acme', 'finance', user_id from membership`,
  );
  const both = await asked({ least: 3, against: 2 });
  await voted(both, "bob", "denied"); // one no does not refuse, and three yeses are out of reach
  expect(await told()).toEqual([of(two), of(one), of(both)]);
  const refused = await asked({ least: 3, against: 1 });
  await voted(refused, "bob", "denied");
  expect(await told()).toHaveLength(3); // it is refused, and that is told as ever
});
