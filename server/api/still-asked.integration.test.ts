import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { AccountId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { SIMPLE } from "@/flows/plan/agreement";
import { digestOf } from "@/flows/plan/digest";
import { simulatePolicy } from "@/flows/simulator/policy";
import { outboxRig } from "@/server/adapters/channels/outbox/outbox-rig.contract";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { ann, askedPeople, bob, carol, finance } from "./asked-people.contract";

const { as, member, asking, started, shown, say, studio } = askedPeople();

const inAnHour = () => new Date(Date.now() + 3_600_000);
const standIn = async (from: AccountId, to: AccountId, flow: string | null = null) =>
  as(from).delegations.create({ to, flow, until: inAnHour() });
const otherFlow = (owner: AccountId) =>
  studio().pool.query("insert into flow (id, owner_id, name, document) values ('other', $1, 'Other', '{}')", [owner]);

const remind = (operation: string, run: string) =>
  studio().pool.query("select tell_happening('approval_reminder', $1, $2)", [operation, run]);

/** The outbox, with Ann and Dan at a mail address each. */
async function telling(...mailed: string[]) {
  await studio().pool.query("delete from notice_happening"); // how these people were invited is told elsewhere
  const outbox = outboxRig(studio().pool);
  for (const person of mailed) await outbox.person(person, "email");
  return { outbox, titles: async (person: string) => (await outbox.notices(person)).map(({ title }) => title) };
}

test("whoever is taken out of the group reads the question no more, and is neither reminded nor sent what was on its way", async () => {
  const { outbox, titles } = await telling("ann");
  outbox.channels.email.state.refuses = { code: "channel_unreachable", problem: "down", final: false };
  const run = await started(asking({}));
  const { operation } = await shown(ann, run);
  await outbox.deliver();
  await member(ann, []);
  expect(await as(ann).approvals.list({ state: "open" })).toEqual([]);
  expect(await as(ann).approvals.countOpen()).toBe(0);
  await expect(as(ann).approvals.get({ operation })).rejects.toThrow("question_not_found");
  outbox.channels.email.state.refuses = null;
  await outbox.pass("2 days");
  await remind(operation, run);
  await outbox.deliver();
  expect(outbox.channels.email.taken).toEqual([]);
  expect(await titles(ann)).toHaveLength(1); // what they were told while they were in it
  expect(await titles(bob)).toEqual(["Eve asks: Go on?", "Still waiting: Eve asks: Go on?"]);
  await say(carol, run);
  await studio().finished(run);
  expect(await as(ann).approvals.list({ state: "settled" })).toEqual([]);
  expect(await as(bob).approvals.list({ state: "settled" })).toHaveLength(1);
  await member(ann, ["finance"]);
  expect(await as(ann).approvals.list({ state: "settled" })).toHaveLength(1);
}, 60_000);

test("whoever stands in for somebody who is asked is told so, while that person's answer is wanted", async () => {
  const dan = await studio().person("dan");
  const { outbox, titles } = await telling("dan");
  await standIn(ann, dan);
  await standIn(bob, eve); // who started the run
  await otherFlow(carol);
  await standIn(carol, dan, "other");
  const run = await started(asking({ least: 2 }));
  await shown(dan, run);
  await outbox.deliver();
  expect(await titles(dan)).toEqual(["In the place of ann: Eve asks: Go on?"]);
  expect(outbox.channels.email.taken).toHaveLength(1);
  expect((await outbox.notices(eve)).map(({ kind }) => kind)).toEqual(["run_waiting"]);
  const { operation } = await shown(ann, run);
  await say(ann, run);
  await remind(operation, run);
  await outbox.deliver();
  expect(await titles(dan)).toHaveLength(1);
  expect(await titles(ann)).toEqual(["Eve asks: Go on?"]);
  expect(await titles(bob)).toHaveLength(2); // reminded: one more yes is wanted
}, 60_000);

test("a question tells when too few of those whom it asks can still answer, and no more once they can", async () => {
  const run = await started(asking({ least: 3 }));
  const { operation } = await shown(ann, run);
  const outOfReach = async () => (await as(bob).approvals.get({ operation })).outOfReach;
  expect(await outOfReach()).toBe(false);
  await say(ann, run);
  expect(await outOfReach()).toBe(false);
  await member(ann, []); // who has agreed while she was in it
  expect(await outOfReach()).toBe(false);
  await member(carol, []);
  expect(await outOfReach()).toBe(true);
  expect((await as(eve).approvals.get({ operation })).outOfReach).toBe(true);
  await member(ann, ["finance"]); // and counts once, back in it or not
  expect(await outOfReach()).toBe(true);
  await member(carol, ["finance"]);
  expect(await outOfReach()).toBe(false);
  await say(bob, run);
  await say(carol, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
}, 60_000);

test("what the ladder of a question asks later counts for what it can still come to", async () => {
  const ladder = [{ afterMs: 30_000, hours: null, approvers: [carol] }];
  const run = await started(asking({ least: 2, ladder }, [ann, bob]));
  const { operation } = await shown(ann, run);
  expect((await as(ann).approvals.get({ operation })).outOfReach).toBe(false);
  await studio().pool.query("delete from question_asked where person = 'bob'");
  expect((await as(ann).approvals.get({ operation })).outOfReach).toBe(false);
  await studio().pool.query("delete from question_asked where person = 'carol'");
  expect((await as(ann).approvals.get({ operation })).outOfReach).toBe(true);
}, 60_000);

test("whoever comes to stand in for somebody is told at once of what waits already, and nobody is told twice", async () => {
  const [dan, fay] = [await studio().person("dan"), await studio().person("fay")];
  const { outbox, titles } = await telling("dan");
  const run = await started(asking({ least: 2 }));
  await shown(ann, run);
  await outbox.deliver();
  await say(bob, run);
  expect(await titles(dan)).toEqual([]);
  await otherFlow(carol);
  await standIn(carol, dan, "other");
  await standIn(bob, fay); // whose answer is not wanted any more
  await outbox.deliver();
  expect([await titles(dan), await titles(fay)]).toEqual([[], []]);
  await standIn(ann, dan, "f");
  await standIn(ann, fay);
  await outbox.deliver();
  for (const person of ["dan", "fay"]) expect(await titles(person)).toEqual(["In the place of ann: Eve asks: Go on?"]);
  expect(outbox.channels.email.taken).toHaveLength(1);
  expect(await titles(ann)).toEqual(["Eve asks: Go on?"]);
  expect((await outbox.notices(eve)).map(({ kind }) => kind)).toEqual(["run_waiting"]);
}, 60_000);

test("a place is given away for one flow alone: one that asks oneself, or one's own", async () => {
  const dan = await studio().person("dan");
  await otherFlow(carol);
  await expect(standIn(ann, dan, "f")).rejects.toThrow("delegation_invalid");
  const run = await started(asking({}));
  await shown(ann, run);
  expect(await as(ann).delegations.flows()).toEqual([{ id: "f", name: "Flow" }]);
  await expect(standIn(ann, dan, "other")).rejects.toThrow("delegation_invalid");
  await standIn(ann, dan, "f");
  await standIn(carol, dan, "other");
  expect((await as(dan).delegations.list()).map(({ flow }) => flow?.name)).toEqual(["Other", "Flow"]);
  await say(dan, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
}, 60_000);

test("a place is given away for a flow that asked long ago, though more flows have asked since than are listed", async () => {
  const dan = await studio().person("dan");
  const { operation } = await shown(ann, await started(asking({})));
  const { pool } = studio();
  await pool.query(
    "insert into flow (id, owner_id, name, document) select 'late' || n, $1, 'Late', '{}' from generate_series(1, 200) n",
    [eve],
  );
  await pool.query(
    `insert into question (operation, run_id, subject, about, approvers, until, state, flow_id, asked)
     select 'late' || n, run_id, subject, about, approvers, until, 'answered', 'late' || n, asked
       from question, generate_series(1, 200) n where operation = $1`,
    [operation],
  );
  await pool.query(
    `insert into question_asked (operation, person, capacity, weight, rung, from_at)
     select 'late' || n, person, capacity, weight, rung, from_at
       from question_asked, generate_series(1, 200) n where operation = $1`,
    [operation],
  );
  expect((await as(ann).delegations.flows()).map(({ id }) => id)).not.toContain("f");
  await standIn(ann, dan, "f");
  expect((await as(dan).delegations.list()).map(({ flow }) => flow?.id)).toEqual(["f"]);
}, 60_000);

test("whoever is asked, and may not read the run, is told who asks and what a no does", async () => {
  const terms = { approvers: [finance], agreement: { ...SIMPLE, starter: "barred" } } as const;
  const around = async (denial: "continues" | "fails") => {
    const run = await started(
      planOf([askStep("q", [], { ...terms, denial }), callStep("no", [{ step: 0, port: "denied" }])]),
    );
    const { operation } = await shown(ann, run);
    return (await as(ann).approvals.get({ operation })).around;
  };
  expect(await around("continues")).toMatchObject({ asksBy: "flow", onNo: "continues" });
  expect(await around("fails")).toMatchObject({ asksBy: "flow", onNo: "ends" });
}, 60_000);

test("whoever is asked by a rule of the payer's, and not by the flow, is told so, and that a no ends the run", async () => {
  const { ports } = studio().portsWith();
  const policy = simulatePolicy(() => ({ verdict: "ask", rule: "large", message: "Pay?", approvers: [ann] }));
  await studio().drive({ ...ports, policy });
  const run = await studio().start(planOf([callStep("work")]), randomUUID(), { policy: digestOf("rules") });
  const { operation } = await shown(ann, run);
  const { around, question } = await as(ann).approvals.get({ operation });
  expect(question.about.question).toBe("Pay?");
  expect(around).toMatchObject({ asksBy: "rule", onNo: "ends" });
}, 60_000);
