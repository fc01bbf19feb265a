// npm run role -- reviewer ACCOUNT, or npm run role -- --take reviewer ACCOUNT: who may review what publishers hand in. On the
// database of DATABASE_URL, or else on that of the studio that runs here.
import { parseArgs } from "node:util";
import { install } from "./install.mjs";
import { runningDatabase } from "./running-database.mjs";

const USAGE = "npm run role -- [--take] [--data DIR] reviewer ACCOUNT";

await install();
const { values, positionals } = parseArgs({
  options: { take: { type: "boolean", default: false }, data: { type: "string" } },
  allowPositionals: true,
});
const [role, account] = positionals;
if (role !== "reviewer" || !account) {
  console.error(USAGE);
  process.exit(2);
}
const { default: pg } = await import("pg");
const client = new pg.Client({ connectionString: process.env.DATABASE_URL ?? runningDatabase(values.data) });
await client.connect();
const { rowCount } = await client.query('select from "user" where id = $1', [account]);
if (rowCount === 0) console.error(`There is no account ${account}.`);
else if (values.take)
  await client.query("delete from account_role where account_id = $1 and role = $2", [account, role]);
else
  await client.query("insert into account_role (account_id, role) values ($1, $2) on conflict do nothing", [
    account,
    role,
  ]);
await client.end();
if (rowCount === 0) process.exitCode = 1;
else console.log(values.take ? `${account} is no ${role} any more.` : `${account} is a ${role}.`);
