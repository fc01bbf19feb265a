import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base58 } from "@/flows/basics/base58";
import { AccountId } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { walletsRepo } from "./wallets-repo";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const [ada, eve, studio] = [AccountId.parse("ada"), AccountId.parse("eve"), AccountId.parse("studio")];
const addressOf = (seed: number) => WalletAddress.parse(base58(new Uint8Array(32).fill(seed)));

const at = (address: WalletAddress, waitsHours = 0) => ({ address, waitsHours });

async function openRepo() {
  const { url, pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada'), ('eve', 'Eve')`);
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  return { db, pool, wallets: walletsRepo(db, { account: studio, payout: addressOf(9) }) };
}

test("of many who answer a challenge at once one is heard, and nobody when its time is over", async () => {
  const { db, pool, wallets } = await openRepo();
  try {
    const asked = { purpose: "link", account: ada, about: null } as const;
    const { issuedAt, expiresAt } = await wallets.issue("n-1", asked);
    expect(expiresAt.getTime() - issuedAt.getTime()).toBe(300_000);
    const heard = await Promise.all(Array.from({ length: 8 }, () => wallets.take("n-1")));
    expect(heard.filter((one) => one !== null)).toEqual([{ ...asked, issuedAt, expiresAt }]);
    expect(await wallets.take("n-1")).toBeNull();

    await wallets.issue("n-2", asked);
    await pool.query("update wallet_challenge set expires_at = now() - interval '1 second'");
    expect(await wallets.take("n-2")).toBeNull();
    await wallets.issue("n-3", { purpose: "sign_in", account: null, about: null });
    const { rows } = await pool.query<{ nonce: string }>("select nonce from wallet_challenge");
    expect(rows).toEqual([{ nonce: "n-3" }]); // what is over is swept
    await expect(wallets.issue("n-4", { ...asked, account: null })).rejects.toThrow();
  } finally {
    await db.$disconnect();
  }
});

test("of two accounts that link one wallet at once one has it, and payouts follow", async () => {
  const { db, wallets } = await openRepo();
  try {
    const both = await Promise.all([wallets.link(ada, at(addressOf(1))), wallets.link(eve, at(addressOf(1)))]);
    expect(both.toSorted()).toEqual(["linked", "wallet_taken"]);
    const [owner, loser] = both[0] === "linked" ? [ada, eve] : [eve, ada];
    expect(await wallets.accountOf(addressOf(1))).toMatchObject({ id: owner });
    expect(await wallets.link(owner, at(addressOf(1)))).toBe("linked");
    expect(await wallets.link(owner, at(addressOf(2)))).toBe("account_has_wallet");

    expect(await wallets.payoutWalletOf(loser)).toBeNull();
    expect(await wallets.payoutWalletOf(owner)).toBe(addressOf(1));
    await wallets.setPayout(owner, addressOf(3));
    await wallets.setPayout(owner, addressOf(4));
    expect(await wallets.payoutWalletOf(owner)).toBe(addressOf(4));
    await wallets.setPayout(owner, null);
    expect(await wallets.payoutWalletOf(owner)).toBe(addressOf(1));
    expect(await wallets.payoutWalletOf(studio)).toBe(addressOf(9));

    expect(await wallets.unlink(loser, addressOf(1))).toBe(false);
    expect(await wallets.unlink(owner, addressOf(1))).toBe(true);
    expect(await wallets.linked(owner)).toBeNull();

    await wallets.link(owner, at(addressOf(5)));
    await wallets.setPayout(owner, addressOf(6));
    await wallets.unlink(owner, addressOf(5));
    expect(await wallets.payoutWalletOf(owner)).toBe(addressOf(6)); // another wallet that they named stays
    await wallets.link(owner, at(addressOf(5)));
    await wallets.setPayout(owner, addressOf(5));
    await wallets.unlink(owner, addressOf(5));
    expect(await wallets.payoutWalletOf(owner)).toBeNull();
  } finally {
    await db.$disconnect();
  }
});

test("a wallet that waits is paid nothing and is taken away without its word, and only until it counts; to link it again unconfirmed moves nothing", async () => {
  const { db, pool, wallets } = await openRepo();
  try {
    await wallets.link(ada, at(addressOf(1), 24));
    const linked = await wallets.linked(ada);
    const waitsMs = (linked?.waitsUntil?.getTime() ?? 0) - (linked?.linkedAt.getTime() ?? 0);
    expect(Math.abs(waitsMs - 86_400_000)).toBeLessThan(1_000);
    expect(await wallets.payoutWalletOf(ada)).toBeNull();
    for (const hours of [1, 48]) expect(await wallets.link(ada, at(addressOf(1), hours))).toBe("linked");
    expect(await wallets.linked(ada)).toEqual(linked);

    expect(await wallets.unlinkWaiting(eve, addressOf(1))).toBe(false);
    expect(await wallets.unlinkWaiting(ada, addressOf(1))).toBe(true);
    await wallets.link(ada, at(addressOf(1), 24));
    await pool.query("update wallet_link set counts_from = now()"); // a day passes
    expect(await wallets.linked(ada)).toMatchObject({ waitsUntil: null });
    expect(await wallets.payoutWalletOf(ada)).toBe(addressOf(1));
    expect(await wallets.unlinkWaiting(ada, addressOf(1))).toBe(false);
  } finally {
    await db.$disconnect();
  }
});

test("a wallet that waits counts from when it is linked again and that was confirmed, and no other does", async () => {
  const { db, pool, wallets } = await openRepo();
  try {
    await wallets.link(ada, at(addressOf(1), 24));
    await wallets.link(eve, at(addressOf(2), 24));
    expect(await wallets.link(ada, at(addressOf(2)))).toBe("wallet_taken");
    expect(await wallets.link(eve, at(addressOf(3)))).toBe("account_has_wallet");
    for (const each of [ada, eve]) expect((await wallets.linked(each))?.waitsUntil).not.toBeNull();

    expect(await wallets.link(ada, at(addressOf(1)))).toBe("linked");
    expect(await wallets.linked(ada)).toMatchObject({ address: addressOf(1), waitsUntil: null });
    expect(await wallets.payoutWalletOf(ada)).toBe(addressOf(1));
    expect((await wallets.linked(eve))?.waitsUntil).not.toBeNull();

    const since = async () => (await pool.query("select counts_from from wallet_link where account_id = 'ada'")).rows;
    const before = await since();
    for (const hours of [0, 24]) await wallets.link(ada, at(addressOf(1), hours));
    expect(await since()).toEqual(before); // what counts already is not moved
  } finally {
    await db.$disconnect();
  }
});
