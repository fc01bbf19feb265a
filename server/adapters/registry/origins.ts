import type { Pool } from "pg";
import type { AgentId } from "@/flows/basics/ids";

/** Where the registry has an agent answer, by the name of an origin; null for an agent that it does not know. */
export function registryOrigins(pool: Pool): (agent: AgentId) => Promise<string | null> {
  return async (agent) => {
    const { rows } = await pool.query<{ origin: string }>({
      name: "origin_of",
      text: "select origin from agent_version where agent = $1",
      values: [agent],
    });
    return rows[0]?.origin ?? null;
  };
}
