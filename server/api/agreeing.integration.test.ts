import { expect, test } from "vitest";
import { Approver } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { type Agreement, SIMPLE } from "@/flows/plan/agreement";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { ann, askedPeople, bob, carol, finance } from "./asked-people.contract";

const { as, member, asking, started, shown, say, receiptOf, verified, studio } = askedPeople();

test("two of three: the second yes of another person lets the run go on, and the receipts verify", async () => {
  const run = await started(asking({ least: 2 }));
  await say(ann, run);
  await expect(say(ann, run)).rejects.toThrow("answer_given");
  expect((await shown(bob, run)).votes).toMatchObject([{ by: "ann", as: "@group:acme/finance" }]);
  await say(carol, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(await receiptOf(run, "q")).toMatchObject({ by: "carol", votes: [{ by: "ann" }, { by: "carol" }] });
  await verified(run);
}, 60_000);

test("5. The approver's access is revoked while the run is parked: the answer is refused.", async () => {
  const run = await started(asking({}));
  const { operation, subject } = await shown(ann, run);
  await member(ann, []);
  await expect(as(ann).approvals.answer({ operation, subject, answer: "approved" })).rejects.toThrow(
    "approver_revoked",
  );
  await as(bob).organisations.change({ org: "acme", change: { gone: bob } });
  await expect(as(bob).approvals.answer({ operation, subject, answer: "approved" })).rejects.toThrow(
    "approver_revoked",
  );
  expect((await studio().row(run)).status).toBe("waiting");
  await say(carol, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
}, 60_000);

test("whoever started the run is not asked through a group, and a question that nobody else could answer denies", async () => {
  await as(eve).organisations.change({
    org: "acme",
    change: { person: eve, roles: ["admin", "approver"], groups: ["finance"] },
  });
  const run = await started(asking({}));
  expect(await as(eve).approvals.list({ state: "open" })).toEqual([]);
  expect((await shown(ann, run)).approvers).toEqual(["ann", "bob", "carol"]);
  const alone = await started(asking({}, [Approver.parse("@role:acme/admin")]));
  expect(await studio().finished(alone)).toMatchObject({ status: "failed", spent: "0" });
  expect(await receiptOf(alone, "q")).toMatchObject({ code: "approval_unasked" });
  const tooFew = await started(asking({ least: 4 }));
  expect(await studio().finished(tooFew)).toMatchObject({ status: "failed", spent: "0" });
}, 60_000);

test("people of an organisation are not asked by runs of strangers", async () => {
  await studio().pool.query(`insert into organisation (id, name) values ('other', 'Other')`);
  await studio().pool.query(`insert into membership (org_id, user_id, roles) values ('other', 'ann', '{approver}')`);
  const run = await started(asking({}, [Approver.parse("@role:other/approver")]));
  expect(await studio().finished(run)).toMatchObject({ status: "failed" });
  expect(await as(ann).approvals.countOpen()).toBe(0);
}, 60_000);

test("somebody answers in another's place while that lasts, once for both, and never for a run of their own", async () => {
  const until = new Date(Date.now() + 3_600_000);
  const dan = await studio().person("dan");
  const { id } = await as(ann).delegations.create({ to: dan, flow: null, until });
  await as(bob).delegations.create({ to: eve, flow: null, until });
  const run = await started(asking({ least: 2 }));
  await expect(say(eve, run)).rejects.toThrow("approver_is_starter");
  await say(dan, run);
  await expect(say(ann, run)).rejects.toThrow("answer_given");
  await say(bob, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  expect(await receiptOf(run, "q")).toMatchObject({ votes: [{ by: "dan", of: "ann" }, { by: "bob" }] });
  await verified(run);

  const next = await started(asking({}));
  const { operation, subject } = await shown(dan, next);
  const counted = () => as(dan).approvals.countOpen();
  expect(await counted()).toBe(1);
  await as(ann).delegations.revoke({ id });
  expect(await counted()).toBe(0);
  await expect(as(dan).approvals.answer({ operation, subject, answer: "approved" })).rejects.toThrow(
    "question_not_found",
  );

  await studio().pool.query("insert into flow (id, owner_id, name, document) values ('travel', 'eve', 'Travel', '{}')");
  const moved = (flow: string) =>
    studio().pool.query("update question set flow_id = $1 where operation = $2", [flow, operation]);
  await moved("travel");
  for (const from of [ann, bob]) await as(from).delegations.create({ to: dan, flow: "travel", until });
  expect(await counted()).toBe(1); // once, however many whom he stands in for are asked
  await moved("hiring");
  expect(await counted()).toBe(0);
}, 60_000);

test("8. Time-out: deny branch, reservation released.", async () => {
  const terms = { ...SIMPLE, starter: "barred" } as const;
  const ask = askStep("q", [], { approvers: [finance], agreement: terms, timeoutMs: 1_500, denial: "continues" });
  const plan = planOf([
    ask,
    callStep("yes", [{ step: 0, port: "approved" }]),
    callStep("no", [{ step: 0, port: "denied" }]),
  ]);
  const run = await started(plan);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(await receiptOf(run, "q")).toMatchObject({ port: "denied", by: null });
  expect(await receiptOf(run, "no")).toMatchObject({ port: "done" });
  const { rows } = await studio().pool.query(
    "select balance from ledger_account where owner = 'eve' and purpose = 'held'",
  );
  expect(rows.map(({ balance }: { balance: string }) => Number(balance))).toEqual([0]);
  await verified(run);
}, 60_000);

test("an edit is asked anew of the others, goes on as it was agreed to, and beyond its bounds it is refused", async () => {
  const edit = {
    ...{ type: "number", field: "subject", at: ["amount"], title: "Amount" },
    ...{ least: 0, most: 100, whole: true },
  };
  const plan = asking({ least: 2, edits: [edit as Agreement["edits"][number]] });
  const run = await started(plan);
  await say(ann, run);
  const { operation, subject } = await shown(bob, run);
  const edited = (value: number) =>
    as(bob).approvals.answer({ operation, subject, answer: "approved", edits: [{ place: 0, value }] });
  await expect(edited(101)).rejects.toThrow("edit_refused");
  await edited(40);
  await expect.poll(async () => (await shown(ann, run)).operation, { timeout: 20_000 }).toBe(`${run}/q/ask.1`);
  expect(await as(ann).approvals.get({ operation: (await shown(ann, run)).operation })).toMatchObject({
    shows: { subject: { amount: 40 } },
    question: { about: { edits: [{ title: "Amount", value: 40 }] } },
  });
  await say(ann, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  const receipt = await receiptOf(run, "q");
  expect(receipt).toMatchObject({ operation: `${run}/q/ask.1`, votes: [{ by: "bob" }, { by: "ann" }] });
  const { rows } = await studio().pool.query("select body from value where digest = $1", [receipt.output]);
  expect(JSON.parse(rows[0].body)).toEqual({ subject: { amount: 40 } });
  await verified(run);
}, 60_000);

test("what the approver saw is kept byte for byte, and its digest is the one in the receipt", async () => {
  const run = await started(asking({}));
  const { operation } = await shown(ann, run);
  const { rows: put } = await studio().pool.query("select about, subject from question where operation = $1", [
    operation,
  ]);
  await say(ann, run);
  await studio().finished(run);
  const { rows } = await studio().pool.query("select seen, subject from question_vote where operation = $1", [
    operation,
  ]);
  expect(rows).toEqual([{ seen: put[0].about, subject: put[0].subject }]);
  expect((await receiptOf(run, "q")).subject).toBe(put[0].subject);
  await expect(studio().pool.query("update question_vote set seen = 'x'")).rejects.toThrow("never change");
}, 60_000);

test("only whoever started the run takes the question back, which denies", async () => {
  const run = await started(asking({}));
  const { operation, subject } = await shown(ann, run);
  const back = { operation, subject, answer: "withdrawn" } as const;
  await expect(as(ann).approvals.answer(back)).rejects.toThrow("withdrawal_refused");
  await as(eve).approvals.answer(back);
  expect(await studio().finished(run)).toMatchObject({ status: "failed", spent: "0" });
  expect(await as(ann).approvals.countOpen()).toBe(0);
  await verified(run);
}, 60_000);
