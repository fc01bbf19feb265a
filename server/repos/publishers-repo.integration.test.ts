import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { publishersRepo } from "./publishers-repo";

let cluster: Cluster;
let db: PrismaClient;
const ada = AccountId.parse("ada");
const eve = AccountId.parse("eve");
const [one, two] = ["https://one.example", "https://two.example"];

beforeAll(async () => {
  cluster = await startCluster();
  const { pool, url } = await cluster.database();
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
  await pool.query(`insert into "user" (id, name) values ('ada', 'Ada'), ('eve', 'Eve')`);
});
afterAll(async () => {
  await db.$disconnect();
  await cluster.stop();
});

test("every address where the file lay is kept once, beside a wallet too, and is known to be taken by who else asks", async () => {
  const publishers = publishersRepo(db);
  await publishers.claim(ada, "acme", "token");
  for (const provedBy of [one, two, one]) await publishers.prove("acme", { proof: "well_known", provedBy });
  expect(await publishers.find("acme")).toMatchObject({ proof: "well_known", provedBy: one, origins: [one, two] });
  await publishers.prove("acme", { proof: "wallet", provedBy: "wallet" });
  await publishers.prove("acme", { proof: "well_known", provedBy: "https://three.example" });
  expect(await publishers.find("acme")).toMatchObject({
    ...{ proof: "wallet", provedBy: "wallet" },
    origins: [one, two, "https://three.example"],
  });
  expect([await publishers.isProvedByOther(eve, two), await publishers.isProvedByOther(ada, two)]).toEqual([
    true,
    false,
  ]);
  expect(await publishers.isProvedByOther(eve, "https://four.example")).toBe(false);
  expect(await publishers.claim(eve, "acme", "hers")).toMatchObject({ owner: "ada", token: "token" });
});
