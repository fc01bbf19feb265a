// npm run reread-chain: has the worker read the chain's history again, from the beginning. On the database of DATABASE_URL, or
// else on that of the studio that runs here.
import { parseArgs } from "node:util";
import { forgetChain } from "./forget-chain.mjs";
import { install } from "./install.mjs";
import { runningDatabase } from "./running-database.mjs";

await install();
const { values } = parseArgs({ options: { data: { type: "string" } } });
const { default: pg } = await import("pg");
const client = new pg.Client({ connectionString: process.env.DATABASE_URL ?? runningDatabase(values.data) });
await client.connect();
const dropped = await forgetChain(client);
await client.end();
console.log(`${dropped} events were dropped. The worker reads the chain's history from its beginning now.`);
