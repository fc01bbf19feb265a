import { expect, test } from "vitest";
import type { Agreement } from "@/flows/plan/agreement";
import { eve } from "@/server/drivers/postgres/rig.contract";
import { ann, askedPeople, bob, carol } from "./asked-people.contract";

const { as, asking, started, shown, say, receiptOf, verified, studio } = askedPeople();

const amount: Agreement["edits"][number] = {
  ...{ type: "number", field: "subject", at: ["amount"], title: "Amount" },
  ...{ least: 0, most: 100, whole: true },
};

/** What Ann and Bob read, and the answers that they send while no worker takes them. */
async function changing(agreement: Partial<Agreement>) {
  const run = await started(asking({ edits: [amount], ...agreement }));
  const { operation, subject } = await shown(ann, run);
  await studio().stop();
  const change = (person: typeof ann, value: number) =>
    as(person).approvals.answer({ operation, subject, answer: "approved", edits: [{ place: 0, value }] });
  const plain = (person: typeof ann, answer: "approved" | "denied" | "withdrawn") =>
    as(person).approvals.answer({ operation, subject, answer });
  const goOn = async () => {
    await studio().drive(studio().portsWith().ports);
    await expect.poll(async () => (await shown(carol, run)).operation, { timeout: 20_000 }).toBe(`${run}/q/ask.1`);
  };
  return { run, change, plain, goOn };
}

test("whoever changed a value has agreed to that: no later answer of theirs is taken, and none of it stops the others", async () => {
  const { run, change, goOn } = await changing({ least: 2 });
  await change(bob, 40);
  await goOn();
  expect((await shown(ann, run)).votes).toMatchObject([{ by: "bob", answer: "approved", edits: [{ value: 40 }] }]);
  await expect(say(bob, run, "denied")).rejects.toThrow("answer_given");
  await expect(say(bob, run)).rejects.toThrow("answer_given");
  await say(ann, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  expect(await receiptOf(run, "q")).toMatchObject({ votes: [{ by: "bob" }, { by: "ann" }] });
  await verified(run);
}, 60_000);

test("once a value was changed, the old question takes no answer any more, nor another change, nor is it taken back", async () => {
  const { run, change, plain, goOn } = await changing({ least: 2 });
  await change(bob, 40);
  await expect(change(bob, 41)).rejects.toThrow("answer_given");
  await expect(change(ann, 40)).rejects.toThrow("question_settled");
  await expect(plain(carol, "denied")).rejects.toThrow("question_settled");
  await expect(plain(eve, "withdrawn")).rejects.toThrow("question_settled");
  await goOn();
  expect((await shown(ann, run)).votes).toMatchObject([{ by: "bob" }]);
  await say(ann, run); // whom the refused change did not cost their say
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  await verified(run);
}, 60_000);

test("whoever changes what was changed gives back their say to those who had agreed before", async () => {
  const { run, change, goOn } = await changing({ least: 2 });
  await change(bob, 40);
  await goOn();
  const { operation, subject } = await shown(ann, run);
  await as(ann).approvals.answer({ operation, subject, answer: "approved", edits: [{ place: 0, value: 30 }] });
  await expect.poll(async () => (await shown(bob, run)).operation, { timeout: 20_000 }).toBe(`${run}/q/ask.2`);
  await expect(say(ann, run, "denied")).rejects.toThrow("answer_given");
  const now = await as(carol).approvals.get({ operation: (await shown(carol, run)).operation });
  expect(now.changes).toMatchObject([
    { by: "bob", values: [{ title: "Amount", was: 10, is: 40 }] },
    { by: "ann", values: [{ title: "Amount", was: 40, is: 30 }] },
  ]);
  expect(now.shows).toEqual({ subject: { amount: 30 } });
  await say(bob, run, "denied");
  expect(await studio().finished(run)).toMatchObject({ status: "failed", spent: "0" });
}, 60_000);
