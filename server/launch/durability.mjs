import { Refusal } from "./refusal.mjs";

const PROMISES = ["fsync", "full_page_writes", "synchronous_commit"];

/**
 * Refuses a database that may forget what it said it saved: the ledger and the journal build on that promise.
 *
 * @param {import("pg").Client} client
 */
export async function assertDurable(client) {
  for (const name of PROMISES) {
    const { rows } = await client.query(`show ${name}`);
    if (rows[0][name] === "off")
      throw new Refusal(`The database has ${name} off and could forget payments: set ${name} to on and start again.`);
  }
}
