import { expect, test } from "vitest";
import type { AskedQuestion } from "@/server/repos/questions-repo";
import { listOverHttp } from "./approvals-http";
import { ann, askedPeople } from "./asked-people.contract";

const { as, asking, started, shown, say, services, studio } = askedPeople();

/** So many more open questions like this one, put in threes at one moment each. */
async function crowd(operation: string, count: number) {
  const { pool } = studio();
  await pool.query(
    `insert into question (operation, run_id, subject, about, approvers, until, flow_id, asked, created_at)
     select operation || '.' || n, run_id, subject, about, approvers, until, flow_id, asked,
            created_at + (n / 3) * interval '1 millisecond'
       from question, generate_series(1, $2) n where operation = $1`,
    [operation, count],
  );
  await pool.query(
    `insert into question_asked (operation, person, capacity, weight, rung, from_at)
     select operation || '.' || n, person, capacity, weight, rung, from_at
       from question_asked, generate_series(1, $2) n where operation = $1`,
    [operation, count],
  );
}

const placeOf = (last: AskedQuestion | undefined) =>
  last ? { createdAt: last.createdAt, operation: last.operation } : undefined;
const named = (questions: readonly AskedQuestion[]) => questions.map(({ operation }) => operation);

test("everything that waits is told page by page, each once, whatever is answered or asked meanwhile", async () => {
  const { operation } = await shown(ann, await started(asking({})));
  await crowd(operation, 24);
  const told: string[] = [];
  let page = await as(ann).approvals.list({ state: "open", take: 10 });
  for (let round = 0; page.length > 0; round++) {
    told.push(...named(page));
    if (round === 0) {
      await studio().pool.query("update question set state = 'withdrawn' where operation = any($1)", [
        told.slice(0, 5),
      ]);
      await shown(ann, await started(asking({}))); // one more waits by now, at the end
    }
    const last = page.at(-1);
    page = last ? await as(ann).approvals.list({ state: "open", take: 10, after: placeOf(last) }) : [];
  }
  expect(told).toHaveLength(26);
  expect(new Set(told).size).toBe(26);
  expect(await as(ann).approvals.countOpen()).toBe(21);
}, 60_000);

test("what is settled is told page by page, the latest first", async () => {
  const run = await started(asking({}));
  const { operation } = await shown(ann, run);
  await crowd(operation, 8);
  await say(ann, run);
  await studio().finished(run);
  await studio().pool.query("update question set state = 'timed_out' where operation <> $1", [operation]);
  const first = await as(ann).approvals.list({ state: "settled", take: 5 });
  const rest = await as(ann).approvals.list({ state: "settled", take: 5, after: placeOf(first.at(-1)) });
  expect(named([...first, ...rest]).sort()).toEqual(named(await as(ann).approvals.list({ state: "settled" })).sort());
  expect(rest.at(-1)?.operation).toBe(operation);
}, 60_000);

test("a program reads on from where a page said that the next one begins, and is told where there is none", async () => {
  const { operation } = await shown(ann, await started(asking({})));
  await crowd(operation, 9);
  const { key } = await as(ann).apiKeys.create({ name: "reads", scopes: ["approvals:read"], days: 1 });
  const read = async (query: string) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await listOverHttp(services(), new Request(`https://studio.example/api?${query}`, { headers }));
    return { status: answer.status, body: await answer.json() };
  };
  const told: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const { body } = await read(`take=4${next ? `&after=${encodeURIComponent(next)}` : ""}`);
    told.push(...named(body.approvals));
    next = body.next;
  }
  expect(told).toHaveLength(10);
  expect(new Set(told).size).toBe(10);
  expect((await read("")).body.next).toBeNull();
  for (const wrong of ["after=yesterday", "after=2026-11-22T08:00:00.000Z", "take=0", "take=1001", "take=many"])
    expect(await read(wrong)).toMatchObject({ status: 422, body: { error: { code: "input_invalid" } } });
}, 60_000);
