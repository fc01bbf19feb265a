import { expect, test } from "vitest";
import { Digest } from "@/flows/basics/ids";
import { undelivered } from "@/server/adapters/approvals/climbing";
import { postgresLadders } from "@/server/adapters/approvals/ladders";
import { DOWN, outboxRig } from "@/server/adapters/channels/outbox/outbox-rig.contract";
import { answerOverHttp, listOverHttp, readOverHttp } from "./approvals-http";
import { ann, askedPeople, bob } from "./asked-people.contract";

const { as, asking, started, shown, say, receiptOf, verified, studio, services } = askedPeople();

test("7. The notification channel is down: the run is visible as undelivered and escalates.", async () => {
  const ladder = [{ afterMs: 3_600_000, hours: null, approvers: [bob] }];
  const run = await started(asking({ ladder }, [ann]));
  await shown(ann, run); // it has been put: what is told of it lies in the outbox
  expect(await as(bob).approvals.countOpen()).toBe(0);
  const outbox = outboxRig(studio().pool, (client, { operation, person }) => undelivered(client, operation, [person]));
  await outbox.person("ann", "email");
  outbox.channels.email.state.refuses = DOWN;
  for (let tries = 0; tries < 3; tries++) {
    await outbox.deliver();
    await outbox.pass("1 hour");
  }
  await postgresLadders(studio().pool).carryOut(() => false);
  const late = await shown(bob, run);
  expect(late.undeliveredAt).not.toBeNull();
  const { notes } = await as(bob).approvals.get({ operation: late.operation });
  expect(notes.map(({ kind }) => kind)).toEqual(["undelivered", "escalated"]);
  await say(bob, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  await verified(run);
}, 60_000);

test("a step of the ladder is asked at its time and no sooner, and one with nobody on it reminds", async () => {
  const ladder = [
    { afterMs: 60_000, hours: null, approvers: [] },
    { afterMs: 120_000, hours: null, approvers: [bob] },
  ];
  const run = await started(asking({ ladder }, [ann]));
  const { operation, subject } = await shown(ann, run);
  await expect(as(bob).approvals.answer({ operation, subject, answer: "approved" })).rejects.toThrow(
    "question_not_found",
  );
  const ladders = postgresLadders(studio().pool);
  const pass = () =>
    studio().pool.query("update question set escalate_at = now() - interval '1 second' where escalate_at is not null");
  await pass();
  expect(await ladders.carryOut(() => false)).not.toBeNull();
  await studio().pool.query("update question_asked set from_at = now() - interval '1 second'");
  await pass();
  await ladders.carryOut(() => false);
  const { notes } = await as(bob).approvals.get({ operation });
  expect(notes.map(({ kind, people }) => [kind, people])).toEqual([
    ["reminded", ["ann"]],
    ["escalated", ["bob"]],
  ]);
  await say(bob, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
}, 60_000);

test("a program reads and decides with a key, within its scopes and while it holds; the run goes on from where it waits", async () => {
  const run = await started(asking({ least: 2 }));
  const key = async (scopes: ("approvals:read" | "approvals:decide")[]) =>
    as(ann).apiKeys.create({ name: "Bot", scopes, days: 30 });
  const [reads, decides] = [await key(["approvals:read"]), await key(["approvals:read", "approvals:decide"])];
  const request = (token: string, body?: object) =>
    new Request("http://studio().test/api/v1/approvals?state=open", {
      headers: { authorization: `Bearer ${token}` },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
  const listed = await (await listOverHttp(services(), request(reads.key))).json();
  const { operation, subject } = listed.approvals[0];
  const yes = { subject, answer: "approved", comment: "By the book." };
  const answered = async (token: string, body: object) =>
    (await answerOverHttp(services(), request(token, body), operation)).status;
  expect((await readOverHttp(services(), request(reads.key), operation)).status).toBe(200);
  expect(await answered(reads.key, yes)).toBe(403);
  expect(await answered("als_x_y", yes)).toBe(401);
  expect(await answered(decides.key, { ...yes, plan: "other" })).toBe(422);
  expect(await answered(decides.key, { ...yes, subject: "0".repeat(64) })).toBe(409);
  expect(await answered(decides.key, yes)).toBe(200);
  expect(await answered(decides.key, yes)).toBe(409);
  const { rows } = await studio().pool.query("select digest from api_key");
  for (const { digest } of rows) expect(decides.key).not.toContain(digest);
  await as(ann).apiKeys.revoke({ id: decides.id });
  expect((await listOverHttp(services(), request(decides.key))).status).toBe(401);
  await say(bob, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  expect(await receiptOf(run, "q")).toMatchObject({
    votes: [{ evidence: { kind: "api_key" }, comment: "By the book." }, {}],
  });
  await verified(run);
}, 60_000);

test("many can be refused at once; of each that could not be, why is said", async () => {
  const runs = [await started(asking({})), await started(asking({}))];
  const questions = await Promise.all(runs.map((run) => shown(ann, run)));
  const [first] = questions;
  if (!first) throw new Error("nobody is asked");
  const stale = { operation: first.operation, subject: Digest.parse("0".repeat(64)) };
  const told = await as(ann).approvals.refuseMany({
    questions: [stale, ...questions.map(({ operation, subject }) => ({ operation, subject }))],
  });
  expect(told).toMatchObject({ refused: 2, left: [{ error: { code: "subject_changed" } }] });
  for (const run of runs) expect(await studio().finished(run)).toMatchObject({ status: "failed", spent: "0" });
}, 60_000);
