import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { DOWN, outboxRig } from "../outbox/outbox-rig.contract";
import { resealAddresses } from "./addresses";
import { keptNotices } from "./notices";

/** Seals so that a test can look: with the name of its key in front. */
const ringOf = (key: string) => ({
  current: () => key,
  seal: (secret: string, place: string) => ({ sealed: `${key}|${place}|${secret}`, keyId: key }),
  open: ({ sealed, keyId }: { sealed: string; keyId: string }, place: string) => {
    const before = `${keyId}|${place}|`;
    if (!sealed.startsWith(before)) throw new Error("not sealed for here");
    return sealed.slice(before.length);
  },
});

const [ada, bob] = [AccountId.parse("ada"), AccountId.parse("bob")];
let cluster: Cluster;
let pool: Pool;
let rig: ReturnType<typeof outboxRig>;
let kept: ReturnType<typeof keptNotices>;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  ({ pool } = await cluster.database());
  rig = outboxRig(pool);
  kept = keptNotices(pool, ringOf("k1"));
  const options = rig.options;
  rig.options = (name) => ({ ...options(name), open: ringOf("k1").open });
  await rig.person("ada");
  await rig.person("bob");
});

const anything = () => null;
async function added(owner: AccountId, address: Parameters<typeof kept.addresses.add>[1]) {
  const came = await kept.addresses.add(owner, address, anything);
  if (!came.ok) throw new Error(JSON.stringify(came));
  return came.value;
}
const mail = (address: string) => ({ channel: "email", label: address, target: { address } }) as const;
const deliver = async () => {
  const { sendDue } = await import("../outbox/send");
  await rig.tell();
  await rig.bundle();
  for (const name of ["email", "webhook", "slack", "push"] as const) await sendDue(rig.options(name), () => false);
};
const codeOf = () => rig.channels.email.taken.at(-1)?.items[0]?.facts.find(({ name }) => name === "Code")?.value ?? "";

test("a mail address is proved by the code that was sent there, by whoever added it, and gets nothing before", async () => {
  const { id } = await added(bob, mail("bob@people.test"));
  await rig.ask(await rig.run("ada"), ["bob"]);
  await deliver();
  expect(rig.channels.email.taken.map(({ kind }) => kind)).toEqual(["check"]);
  expect(rig.channels.email.taken[0]?.items[0]?.url).toBe("https://studio.test/settings");
  expect(await kept.addresses.confirm(ada, id, codeOf())).toBe("not_found");
  expect(await kept.addresses.confirm(bob, id, "XXXX-XXXX")).toBe("wrong");
  expect(await kept.addresses.confirm(bob, id, ` ${codeOf().toLowerCase().replace("-", " ")} `)).toBe("confirmed");
  expect(await kept.addresses.list(bob)).toMatchObject([
    { label: "bob@people.test", needsCode: false, last: { state: "sent" } },
  ]);
  expect((await kept.addresses.list(bob))[0]?.verifiedAt).toBeInstanceOf(Date);
  expect(await kept.addresses.list(ada)).toEqual([]);
});

test("a code is guessed at five times at most, and one that is too old does not count", async () => {
  const { id } = await added(bob, mail("bob@people.test"));
  await deliver();
  for (let guess = 0; guess < 5; guess++) expect(await kept.addresses.confirm(bob, id, "XXXX-XXXX")).toBe("wrong");
  expect(await kept.addresses.confirm(bob, id, codeOf())).toBe("over");
  expect(await kept.addresses.checkAgain(bob, id, anything)).toEqual({ ok: true, value: null });
  await deliver();
  await pool.query("update notice_address set check_until = now() - interval '1 second'");
  expect(await kept.addresses.confirm(bob, id, codeOf())).toBe("over");
  const counted: object[] = [];
  const count = (now: object) => counted.push(now) && ("enough" as const);
  expect(await kept.addresses.checkAgain(bob, id, count)).toEqual({ ok: false, error: "enough" });
  expect(await kept.addresses.add(ada, mail("BOB@people.test"), count)).toEqual({ ok: false, error: "enough" });
  expect(counted).toEqual([
    { present: 1, byOwner: 2, toTarget: 2 },
    { present: 0, byOwner: 0, toTarget: 2 },
  ]);
  expect(await kept.addresses.checkAgain(ada, id, count)).toMatchObject({ ok: false });
});

test("checks that are asked for at the same moment are counted one after the other", async () => {
  const few = ({ byOwner, toTarget }: { byOwner: number; toTarget: number }) =>
    byOwner >= 2 || toTarget >= 1 ? ("enough" as const) : null;
  const names = ["1", "2", "3", "4", "5", "6"];
  const mine = await Promise.all(names.map((name) => kept.addresses.add(bob, mail(`${name}@people.test`), few)));
  expect(mine.filter(({ ok }) => ok)).toHaveLength(2);
  for (const name of names) await rig.person(`p${name}`);
  const theirs = names.map((name) => kept.addresses.add(AccountId.parse(`p${name}`), mail("cyd@people.test"), few));
  expect((await Promise.all(theirs)).filter(({ ok }) => ok)).toHaveLength(1);
});

test("what takes posts is proved by taking a check; its secret is shown once and lies sealed", async () => {
  const target = { url: "https://hooks.test/secret-path" };
  const hook = { channel: "webhook", label: "hooks.test", target } as const;
  expect((await added(bob, hook)).secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await kept.addresses.add(bob, hook, anything)).toEqual({ ok: false, error: { code: "notice_address_known" } });
  rig.channels.webhook.state.refuses = DOWN;
  await deliver();
  expect(await kept.addresses.list(bob)).toMatchObject([
    { verifiedAt: null, last: { state: "queued", problem: DOWN.problem } },
  ]);
  rig.channels.webhook.state.refuses = null;
  await rig.pass("1 minute");
  await deliver();
  expect((await kept.addresses.list(bob))[0]?.verifiedAt).toBeInstanceOf(Date);
  expect(JSON.stringify(await kept.addresses.list(bob))).not.toMatch(/whsec|secret-path/);
});

test("a test notice goes to an address that is proved, so often an hour", async () => {
  const push = {
    channel: "push",
    label: "Firefox",
    target: { endpoint: "https://push.test/1", p256dh: "p", auth: "a" },
  } as const;
  const { id } = await added(bob, push);
  expect(await kept.addresses.test(ada, id, 2)).toBeNull();
  expect(await kept.addresses.test(bob, id, 2)).toEqual({ sent: true });
  await deliver();
  expect(rig.channels.push.taken).toMatchObject([{ kind: "test", items: [{ title: "This is a test notice" }] }]);
  expect(await kept.addresses.list(bob)).toMatchObject([{ last: { kind: "test", state: "sent" } }]);
  await kept.addresses.test(bob, id, 2);
  expect(await kept.addresses.test(bob, id, 2)).toEqual({ sent: false });
  expect(await kept.addresses.remove(ada, id)).toBe(false);
  expect(await kept.addresses.remove(bob, id)).toBe(true);
  expect(await kept.addresses.list(bob)).toEqual([]);
  expect(await kept.addresses.test(bob, id, 9)).toBeNull();
});

test("keys are renewed without anybody's doing", async () => {
  const { id } = await added(bob, mail("bob@people.test"));
  const open = (sealed: { sealed: string; keyId: string }, place: string) => ringOf(sealed.keyId).open(sealed, place);
  const both = { ...ringOf("k2"), open };
  expect(await resealAddresses(pool, both)).toBe(1);
  expect(await resealAddresses(pool, both)).toBe(0);
  const { rows } = await pool.query("select sealed, key_id from notice_address where id = $1", [id]);
  expect(ringOf("k2").open({ sealed: rows[0].sealed, keyId: rows[0].key_id }, `notice_address ${id}`)).toContain(
    "bob@people.test",
  );
});

test("notices are read by their reader alone, and what was chosen holds", async () => {
  await rig.ask(await rig.run("ada"), ["bob"]);
  await deliver();
  expect(await kept.countUnread(bob)).toBe(1);
  const [notice] = await kept.list(bob, { before: null, take: 10 });
  await kept.markRead(ada, [notice?.id ?? ""]);
  expect(await kept.countUnread(bob)).toBe(1);
  await kept.markRead(bob, null);
  expect(await kept.countUnread(bob)).toBe(0);
  expect(await kept.list(bob, { before: notice?.at ?? null, take: 10 })).toEqual([]);
  await kept.want(bob, { kind: "run_failed", place: "email", wanted: false });
  await kept.want(bob, { kind: "approval_asked", place: "in_app", wanted: false });
  const wanted = await kept.wanted(bob);
  expect(wanted.find(({ kind, place }) => kind === "run_failed" && place === "email")).toMatchObject({ wanted: false });
  expect(wanted.find(({ kind, place }) => kind === "approval_asked" && place === "in_app")).toMatchObject({
    wanted: true,
    fixed: true,
  });
  const settings = {
    zone: "Europe/Vienna",
    quietFrom: 1_320,
    quietUntil: 420,
    order: ["slack", "email", "push", "webhook"] as const,
  };
  await kept.set(bob, { ...settings, order: [...settings.order] });
  expect(await kept.settings(bob)).toEqual(settings);
  expect((await kept.settings(ada)).order).toEqual(["push", "email", "slack", "webhook"]);
});

test("what was not delivered is shown to whoever pays and to whoever is asked, an address to nobody else", async () => {
  await rig.person("bob", "email");
  await pool.query(
    `update notice_address set sealed = 'k1|notice_address ' || id || '|{"address": "bob@people.test"}', key_id = 'k1'`,
  );
  rig.channels.email.state.refuses = {
    code: "address_refused",
    problem: "the mail server refused the address: no bob@people.test",
    final: true,
  };
  const run = await rig.run("ada");
  const operation = OperationId.parse(await rig.ask(run, ["bob"]));
  await deliver();
  expect(await kept.undelivered(bob, {})).toMatchObject([
    {
      operation,
      person: "BOB",
      isMine: true,
      channel: "email",
      state: "given_up",
      problem: expect.stringContaining("bob@"),
    },
  ]);
  const seen = await kept.undelivered(ada, { run: RunId.parse(run) });
  expect(seen).toMatchObject([{ person: "BOB", isMine: false, problem: "the address does not take it" }]);
  expect(await kept.undelivered(AccountId.parse("eve"), { run: RunId.parse(run) })).toEqual([]);
  expect(await kept.undelivered(ada, { operation: OperationId.parse("other") })).toEqual([]);
  await rig.settle(operation, "answered", "bob");
  expect(await kept.undelivered(ada, {})).toEqual([]);
});
