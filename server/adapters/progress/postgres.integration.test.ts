import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OperationId } from "@/flows/basics/ids";
import type { Told } from "@/flows/ports/progress";
import { progressContract } from "@/flows/ports/progress.contract";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { postgresProgress } from "./postgres";

let cluster: Cluster;
const stops: (() => void)[] = [];
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(async () => {
  for (const stop of stops) stop();
  await cluster.stop();
});

const call = OperationId.parse("r/a/call");

async function open() {
  const { pool } = await cluster.database();
  const faults: unknown[] = [];
  const port = postgresProgress({ pool, failed: (problem) => faults.push(problem) });
  stops.push(port.stop);
  return { pool, port, faults, shown: (operation: OperationId) => shownIn(pool, operation) };
}

/** As a screen puts it together: each row says where in the text it stands. */
async function shownIn(pool: Pool, operation: OperationId): Promise<Told | null> {
  const { rows } = await pool.query<Told & { start: number }>(
    "select start, text, done, message from run_progress where operation = $1 order by n",
    [operation],
  );
  if (rows.length === 0) return null;
  return rows.reduce<Told>(
    (told, { start, text, done, message }) => ({ done, message, text: told.text.slice(0, start) + text }),
    { done: null, message: null, text: "" },
  );
}

/** What a pool is asked from now on. */
function queriesOf(pool: Pool): () => string[] {
  const asked: string[] = [];
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  Object.assign(pool, {
    query(...given: unknown[]) {
      asked.push(JSON.stringify(given[0]));
      return query(...given);
    },
  });
  return () => asked;
}

progressContract("postgres", open);

test("a thousand words in a second are a few writes, and few rows are kept of a long text", async () => {
  const { pool, port, shown } = await open();
  const asked = queriesOf(pool);
  const telling = port.open(call);
  for (let beat = 0; beat < 50; beat++) {
    for (let word = 0; word < 20; word++) telling.tell({ delta: "word and " });
    await pause(20);
  }
  await expect.poll(async () => (await shown(call))?.text.length).toBe(9_000);
  expect(asked().filter((text) => text.includes("store_progress")).length).toBeLessThan(25);
  const { rows } = await pool.query("select count(*)::int as rows from run_progress");
  expect(rows[0]).toEqual({ rows: expect.any(Number) });
  expect(rows[0].rows).toBeLessThan(10);
});

test("an agent that says nothing costs no write, and one that is quick costs none either", async () => {
  const { pool, port } = await open();
  const asked = queriesOf(pool);
  for (let place = 0; place < 100; place++) {
    const telling = port.open(OperationId.parse(`r/a@${place}/call`));
    if (place % 2 === 0) telling.tell({ delta: "quick" });
    telling.close();
  }
  await pause(300);
  expect(asked()).toEqual([]);
});

test("a database that is away loses nothing but time, and says so", async () => {
  const { pool, port, faults, shown } = await open();
  const telling = port.open(call);
  telling.tell({ delta: "before " });
  await expect.poll(async () => (await shown(call))?.text).toBe("before ");
  await pool.query("alter table run_progress rename to away");
  telling.tell({ delta: "while " });
  await expect.poll(() => faults.length).toBeGreaterThan(0);
  await pool.query("alter table away rename to run_progress");
  telling.tell({ delta: "after" });
  await expect.poll(async () => (await shown(call))?.text, { timeout: 5_000 }).toBe("before while after");
});
