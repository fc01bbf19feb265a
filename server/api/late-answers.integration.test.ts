import { expect, test } from "vitest";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { SIMPLE } from "@/flows/plan/agreement";
import { ann, askedPeople, bob, finance } from "./asked-people.contract";

const { as, asking, started, shown, say, receiptOf, verified, studio } = askedPeople();

const terms = { approvers: [finance], agreement: { ...SIMPLE, starter: "barred" } } as const;
const inOrder = (first: string, second: string) =>
  planOf([askStep(first, [], terms), askStep(second, [{ step: 0, port: "approved" }], terms)]);

test("2. Approve and reject posted at once: exactly one branch runs.", async () => {
  const plan = planOf([
    askStep("q", [], { ...terms, denial: "continues" }),
    callStep("yes", [{ step: 0, port: "approved" }]),
    callStep("no", [{ step: 0, port: "denied" }]),
  ]);
  for (let round = 0; round < 2; round++) {
    const run = await started(plan);
    const { operation, subject } = await shown(ann, run);
    const post = (person: typeof ann, answer: "approved" | "denied") =>
      as(person).approvals.answer({ operation, subject, answer });
    const posted = [() => post(ann, "approved"), () => post(bob, "denied"), () => post(ann, "denied")];
    await Promise.allSettled((round % 2 ? posted.toReversed() : posted).map((each) => each()));
    expect(await studio().finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
    const { port } = await receiptOf(run, "q");
    const [taken, left] = port === "approved" ? ["yes", "no"] : ["no", "yes"];
    expect(await receiptOf(run, taken)).toMatchObject({ port: "done" });
    expect((await receiptOf(run, left))?.port).not.toBe("done");
    await verified(run);
  }
}, 60_000);

test("4. A late retry of approval N never answers N+1.", async () => {
  const run = await started(inOrder("first", "second"));
  const first = await shown(ann, run);
  await say(ann, run);
  await expect.poll(async () => (await shown(ann, run)).operation, { timeout: 20_000 }).not.toBe(first.operation);
  const next = await shown(ann, run);
  const { operation, subject } = first;
  await expect(as(ann).approvals.answer({ operation, subject, answer: "approved" })).rejects.toThrow(
    /question_settled|answer_given/,
  );
  await expect(as(bob).approvals.answer({ operation: next.operation, subject, answer: "approved" })).rejects.toThrow(
    "subject_changed",
  );
  expect((await shown(ann, run)).votes).toEqual([]);
  await say(bob, run);
  expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  await verified(run);
}, 60_000);

test.each([
  ["an input", `replace(about, '"amount"', '"anount"')`],
  ["the amount", `replace(about, '30', '31')`],
  ["the plan", `regexp_replace(about, '"plan":"[0-9a-f]{4}', '"plan":"0000')`],
])(
  "10. The input changes between display and answer: digest mismatch, refused: %s",
  async (_, changed) => {
    const run = await started(asking({ least: 1 }));
    const { operation, subject } = await shown(ann, run);
    const { pool } = studio();
    const before = await pool.query<{ about: string }>("select about from question where operation = $1", [operation]);
    const shows = Object.keys((await shown(ann, run)).about.shows);
    expect(shows).not.toEqual([]);
    const { rowCount } = await pool.query(
      `update question set about = ${changed} where operation = $1 and about <> ${changed}`,
      [operation],
    );
    if (rowCount === 0) await pool.query("update question set about = about || ' ' where operation = $1", [operation]);
    await expect(as(ann).approvals.answer({ operation, subject, answer: "approved" })).rejects.toThrow(
      "subject_changed",
    );
    expect((await studio().row(run)).status).toBe("waiting");
    await pool.query("update question set about = $2 where operation = $1", [operation, before.rows[0]?.about]);
    await say(ann, run);
    expect(await studio().finished(run)).toMatchObject({ status: "succeeded" });
  },
  60_000,
);

test("an answer waits for the run before it holds the question, so that it and the run's driver never wait for each other", async () => {
  const run = await started(asking({}));
  const { operation, subject } = await shown(ann, run);
  await studio().stop();
  const driver = await studio().pool.connect();
  try {
    await driver.query("begin");
    await driver.query("select 1 from run where id = $1 for update", [run]);
    const answer = as(ann).approvals.answer({ operation, subject, answer: "approved" });
    await expect.poll(async () => (await studio().pool.query(WAITING)).rowCount, { timeout: 20_000 }).toBe(1);
    const free = await driver.query("select 1 from question where operation = $1 for update nowait", [operation]);
    expect(free.rowCount).toBe(1);
    await driver.query("commit");
    await answer;
  } finally {
    driver.release();
  }
}, 60_000);

const WAITING = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
