import type { Pool } from "pg";
import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";

/**
 * Where the registry has an agent answer, by the name of an origin. Null for an agent that it does not know, that was
 * taken out, that declares something else by now than what the plan was made with, or whose calls pay somebody else by
 * now: none of these is called. A version
 * that is deprecated is in no palette any more, and goes on serving the plans that were made with it.
 */
export function registryOrigins(
  pool: Pool,
): (agent: AgentId, manifest: Digest, payee: AccountId) => Promise<string | null> {
  return async (agent, manifest, payee) => {
    const { rows } = await pool.query<{ origin: string }>({
      name: "origin_of",
      text: `select origin from agent_version
        where agent = $1 and digest = $2 and payee = $3 and state in ('active', 'deprecated') and hidden is null`,
      values: [agent, manifest, payee],
    });
    return rows[0]?.origin ?? null;
  };
}
