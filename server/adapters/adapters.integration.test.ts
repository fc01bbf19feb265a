import type { Pool } from "pg";
import { afterAll, beforeAll } from "vitest";
import { AccountId, OperationId } from "@/flows/basics/ids";
import { type Currency, money } from "@/flows/basics/money";
import { approvalsContract } from "@/flows/ports/approvals.contract";
import { clockContract } from "@/flows/ports/clock.contract";
import { creditsContract } from "@/flows/ports/credits.contract";
import { valuesContract } from "@/flows/ports/values.contract";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { postgresApprovals } from "./approvals/postgres";
import { systemClock } from "./clock/system";
import { grant, openAccount } from "./credits/grants";
import { ledgerCredits } from "./credits/ledger";
import { postgresValues } from "./values/postgres";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const ada = AccountId.parse("ada");
const acme = AccountId.parse("acme");
const CURRENCIES: Currency[] = ["microcredits", "trial_microcredits", "usdc_base"];

async function openLedger(): Promise<Pool> {
  const { pool } = await cluster.database();
  for (const currency of CURRENCIES) {
    await openAccount(pool, ada, currency);
    await grant(pool, { operation: OperationId.parse(`give-${currency}`), owner: ada, amount: money(currency, 100n) });
    if (currency !== "trial_microcredits") await openAccount(pool, acme, currency);
  }
  return pool;
}

creditsContract("ledger", async () => ledgerCredits(await openLedger()));
valuesContract("postgres", async () => postgresValues((await cluster.database()).pool));
approvalsContract("postgres", async (most) => {
  const { pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve'), ('ada', 'Ada')`);
  const asked = async () => {
    const { rows } = await pool.query("select operation from question where state = 'open'");
    return rows.map(({ operation }: { operation: string }) => operation);
  };
  return { approvals: postgresApprovals(pool, most), asked };
});
clockContract("system", () => ({
  clock: systemClock(),
  pass: () => new Promise((resolve) => setTimeout(resolve, 5)),
}));
