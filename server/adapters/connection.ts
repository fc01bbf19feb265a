import type { Pool, PoolClient } from "pg";

const BROKEN_SOCKET = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"];
const SAID_BY_DRIVER =
  /connection terminated|connection timeout|timeout exceeded|client has encountered|not queryable/i;

/**
 * Whether an error says that the connection broke or the server went away, so that nobody knows what was committed.
 * Classes 08 and 57P are Postgres's own words for it.
 */
export function isConnectionLost(problem: unknown): boolean {
  if (!(problem instanceof Error)) return false;
  const code = "code" in problem ? String(problem.code) : "";
  if (code.startsWith("08") || code.startsWith("57P") || BROKEN_SOCKET.includes(code)) return true;
  return code === "" && SAID_BY_DRIVER.test(problem.message);
}

/** Runs `work` in one transaction. It commits what `work` says to keep, and rolls back otherwise or when it throws. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<{ keep: boolean; answer: T }>,
): Promise<T> {
  const client = await pool.connect();
  // When the server goes away between two statements, the client says so to nobody in particular, which would end the
  // process. The next statement fails, and tells whoever waits for it.
  client.on("error", heardByTheNextStatement);
  let broken = true;
  try {
    await client.query("begin");
    const { keep, answer } = await work(client);
    await client.query(keep ? "commit" : "rollback");
    broken = false;
    return answer;
  } finally {
    client.off("error", heardByTheNextStatement);
    // A client that failed half way is thrown away: closing its connection is what rolls it back for certain.
    client.release(broken);
  }
}

function heardByTheNextStatement(): void {}
