import type { Pool } from "pg";
import { z } from "zod";
import type { AgentId } from "@/flows/basics/ids";

/**
 * Which registration a version has: the accounts of agent and version under the program, and when these were made. Units:
 * seconds since 1970 by the chain's clock.
 */
export type Noted = {
  program: string;
  agent: string;
  version: string;
  registeredAt: bigint;
  versionRegisteredAt: bigint;
};

const whole = z.string().transform((text) => BigInt(text));
const Row = z.object({
  program: z.string(),
  agent_account: z.string(),
  version_account: z.string(),
  registered_at: whole,
  version_registered_at: whole,
});

/** Which registrations are kept in the studio's database. */
export function notedRegistrations(pool: Pool) {
  return {
    async of(agent: AgentId): Promise<Noted | null> {
      const { rows } = await pool.query({
        name: "registration_of",
        text: `select program, agent_account, version_account, registered_at::text, version_registered_at::text
                 from agent_registration where agent = $1`,
        values: [agent],
      });
      if (rows.length === 0) return null;
      const row = Row.parse(rows[0]);
      return {
        ...{ program: row.program, agent: row.agent_account, version: row.version_account },
        ...{ registeredAt: row.registered_at, versionRegisteredAt: row.version_registered_at },
      };
    },

    /** False when the registry has no such version. A registration that was noted before is replaced. */
    async note(agent: AgentId, noted: Noted): Promise<boolean> {
      const { rowCount } = await pool.query(
        `insert into agent_registration
           (agent, program, agent_account, version_account, registered_at, version_registered_at)
         select agent, $2, $3, $4, $5, $6 from agent_version where agent = $1
         on conflict (agent) do update
           set program = excluded.program, agent_account = excluded.agent_account,
               version_account = excluded.version_account, registered_at = excluded.registered_at,
               version_registered_at = excluded.version_registered_at, noted_at = now()`,
        [agent, noted.program, noted.agent, noted.version, noted.registeredAt, noted.versionRegisteredAt],
      );
      return rowCount === 1;
    },
  };
}
