import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import type { KeptPasskey } from "@/flows/ports/evidence";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { passkeysRepo } from "./passkeys-repo";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const [ada, eve] = [AccountId.parse("ada"), AccountId.parse("eve")];
const keyOf = (account: AccountId, id: string): KeptPasskey => ({
  ...{ id, account, publicKey: Uint8Array.from([1, 2, 3]), counter: 0, transports: ["internal", "hybrid"] },
});

async function openRepo() {
  const { url, pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada'), ('eve', 'Eve')`);
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  return { db, pool, passkeys: passkeysRepo(db) };
}

test("what waits counts by the database's time, and is removed by itself only until then", async () => {
  const { db, pool, passkeys } = await openRepo();
  try {
    await passkeys.add(keyOf(ada, "now"), { name: "Laptop", waitsHours: 0 });
    await passkeys.add(keyOf(ada, "later"), { name: "Phone", waitsHours: 24 });
    const [first, second] = await passkeys.list(ada);
    expect(first).toMatchObject({ id: "now", name: "Laptop", waitsUntil: null, usedAt: null });
    const waitsMs = (second?.waitsUntil?.getTime() ?? 0) - (second?.createdAt.getTime() ?? 0);
    expect(Math.abs(waitsMs - 86_400_000)).toBeLessThan(1_000);
    expect(await passkeys.of(ada)).toEqual([
      { ...keyOf(ada, "now"), waitsUntilMs: null },
      { ...keyOf(ada, "later"), waitsUntilMs: second?.waitsUntil?.getTime() },
    ]);
    expect(await passkeys.removeWaiting(ada, "now")).toBe(false);
    expect(await passkeys.removeWaiting(eve, "later")).toBe(false);
    expect(await passkeys.removeWaiting(ada, "later")).toBe(true);

    await passkeys.add(keyOf(ada, "later"), { name: "Phone", waitsHours: 24 });
    expect(await passkeys.add(keyOf(eve, "later"), { name: "Mine", waitsHours: 0 })).toBe("passkey_taken");
    await pool.query("update passkey set counts_from = now()"); // a day passes
    expect((await passkeys.list(ada)).map(({ waitsUntil }) => waitsUntil)).toEqual([null, null]);
    expect(await passkeys.removeWaiting(ada, "later")).toBe(false);
  } finally {
    await db.$disconnect();
  }
});

test("of many that are added at once an account keeps twenty", async () => {
  const { db, passkeys } = await openRepo();
  try {
    const ids = Array.from({ length: 25 }, (_, at) => `k${at}`);
    const came = await Promise.all(ids.map((id) => passkeys.add(keyOf(ada, id), { name: id, waitsHours: 0 })));
    expect(came.filter((each) => each === "added")).toHaveLength(20);
    expect(came.filter((each) => each === "passkeys_full")).toHaveLength(5);
    expect(await passkeys.add(keyOf(eve, "hers"), { name: "Hers", waitsHours: 0 })).toBe("added");
  } finally {
    await db.$disconnect();
  }
}, 60_000);

test("what says nothing of when it counts does so a day later", async () => {
  const { db, pool, passkeys } = await openRepo();
  try {
    await pool.query(
      `insert into passkey (id, account_id, name, public_key, counter, transports) values ('k', 'ada', 'Laptop', '', 0, '{}')`,
    );
    expect((await passkeys.list(ada))[0]?.waitsUntil).not.toBeNull();
  } finally {
    await db.$disconnect();
  }
});
