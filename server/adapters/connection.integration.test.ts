import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { inTransaction, isConnectionLost } from "./connection";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

test("a server that goes away between two statements of a transaction fails the next one, and ends no process", async () => {
  const { pool } = await cluster.database();
  const lost = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const gone = new Promise((heard) => client.once("end", heard)); // `once` of node:events would hear errors too
    await pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await gone;
    await client.query("select 1");
    return { keep: true, answer: null };
  }).catch((problem: unknown) => problem);
  expect(isConnectionLost(lost)).toBe(true);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});
