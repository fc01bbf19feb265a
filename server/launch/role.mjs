// npm run role -- reviewer ACCOUNT, or npm run role -- --take reviewer ACCOUNT: who may review what publishers hand in. On the
// database of DATABASE_URL, or else on that of the studio that runs here.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { install } from "./install.mjs";
import { MADE } from "./tree.mjs";

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
const client = new pg.Client({ connectionString: process.env.DATABASE_URL ?? runningDatabase() });
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

/** The database of a studio that runs on this machine. */
function runningDatabase() {
  const data = values.data ? resolve(values.data) : join(MADE, "data");
  const running = join(data, "postgres", "postmaster.pid");
  if (!existsSync(running)) {
    console.error("No studio runs here. Start it, name its folder with --data, or set DATABASE_URL.");
    process.exit(1);
  }
  const port = readFileSync(running, "utf8").split("\n")[3];
  const password = readFileSync(join(data, "secrets", "postgres-password"), "utf8");
  return `postgresql://studio:${password}@127.0.0.1:${port}/studio`;
}
