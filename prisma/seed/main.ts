import { openDb } from "@/server/db";
import { env } from "@/server/env";
import { openHouseAccounts } from "./house-accounts";
import { registerHouseAgents } from "./house-agents";

/** What every studio has before anybody signs in. Run at each start; to run it again changes nothing. */
const { DATABASE_URL, AGENTS_URL } = env();
const db = openDb(DATABASE_URL);
await openHouseAccounts(db);
await registerHouseAgents(db, AGENTS_URL);
await db.$disconnect();
