import type { Pool } from "pg";
import { z } from "zod";
import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { AgentCall } from "@/flows/ports/agents";
import { SecretNeeds } from "@/flows/types/secret-need";
import type { KeyRing } from "./key-ring";

type Place = { agent: string; name: string };

/** What an agent needs of a person. `setAt`: since when the studio has it; `header` is null where nobody needs it any more. */
type NeededSecret = Place & { title: string | null; header: string | null; setAt: Date | null };

const MOST_LISTED = 200;

/** What people gave, by agent (publisher/name). A value is sealed on its way in, and there is no way out but a call. */
export function agentSecrets(pool: Pool, ring: KeyRing) {
  return {
    async list(owner: AccountId) {
      const { rows } = await pool.query<NeededSecret>(LISTED, [owner, MOST_LISTED]);
      return rows;
    },
    async isNeeded(owner: AccountId, { agent, name }: Place) {
      const { rowCount } = await pool.query(`select from (${NEEDED}) n where agent = $2 and name = $3 limit 1`, [
        owner,
        agent,
        name,
      ]);
      return rowCount === 1;
    },
    async put(owner: AccountId, { agent, name, value }: Place & { value: string }) {
      const { sealed, keyId } = ring.seal(value, placeOf(owner, agent, name));
      await pool.query(
        `insert into agent_secret (owner_id, agent, name, sealed, key_id) values ($1, $2, $3, $4, $5)
         on conflict (owner_id, agent, name) do update set sealed = $4, key_id = $5, set_at = now()`,
        [owner, agent, name, sealed, keyId],
      );
    },
    async remove(owner: AccountId, { agent, name }: Place) {
      const { rowCount } = await pool.query(
        "delete from agent_secret where owner_id = $1 and agent = $2 and name = $3",
        [owner, agent, name],
      );
      return rowCount === 1;
    },
  };
}

/** What listed agents need of everybody, and what $1 has put to the test needs of them, so that it can be tested. */
const NEEDED = `
  select distinct on (agent, name) split_part(v.agent, '@', 1) as agent, v.manifest->>'title' as title,
         need->>'name' as name, need->>'header' as header
    from (select agent, manifest, true as listed from agent_version where state in ('active', 'deprecated')
          union all
          select declared->'manifest'->>'agent', declared->'manifest', false from conformance_run where owner_id = $1
         ) v, jsonb_array_elements(v.manifest->'secrets') as need
   where v.manifest ? 'secrets'
   order by agent, name, v.listed desc, agent_version_place(v.agent) desc`;

const LISTED = `
  select coalesce(n.agent, s.agent) as agent, coalesce(n.name, s.name) as name, n.title, n.header, s.set_at as "setAt"
    from (${NEEDED}) n full join (select * from agent_secret where owner_id = $1) s on s.agent = n.agent and s.name = n.name
   order by s.set_at is null, 1, 2 limit $2`;

/** A secret as it goes out with one call. */
export type OpenedSecret = { header: string; value: string };

const Given = z.object({ name: z.string(), sealed: z.string(), key_id: z.string() });
type Given = z.infer<typeof Given>;
const Needed = z.object({ owner: z.string(), needs: SecretNeeds.nullable(), given: z.array(Given).nullable() });

/**
 * What the payer of a run has to bring along for one call, opened for it and for nothing else. The error says in words
 * which secret is missing; nothing may be sent then.
 */
export function secretsOfCalls(
  pool: Pool,
  ring: KeyRing,
): (ask: Pick<AgentCall, "operation" | "agent" | "manifest">) => Promise<Result<OpenedSecret[], string>> {
  return async ({ operation, agent, manifest }) => {
    const name = nameOf(agent);
    const { rows } = await pool.query({
      name: "secrets_of_call",
      text: `select r.owner_id as owner, v.manifest->'secrets' as needs,
                    (select json_agg(s) from agent_secret s where s.owner_id = r.owner_id and s.agent = $3) as given
               from run r, agent_version v
              where r.id = split_part($1, '/', 1) and v.agent = $2 and v.digest = $4`,
      values: [operation, agent, name, manifest],
    });
    if (rows.length === 0) return ok([]); // whoever is not there declares nothing, and is not called
    return openAll(ring, { agent: name, ...Needed.parse(rows[0]) });
  };
}

/** What whoever publishes an agent has given for it themselves: it is put to the test with that, and nobody else's. */
export function secretsOfTrials(
  pool: Pool,
  ring: KeyRing,
): (ask: { owner: string; agent: string; needs: SecretNeeds }) => Promise<Result<OpenedSecret[], string>> {
  return async ({ owner, agent, needs }) => {
    const name = nameOf(agent);
    const { rows } = await pool.query<Given>(
      "select name, sealed, key_id from agent_secret where owner_id = $1 and agent = $2",
      [owner, name],
    );
    return openAll(ring, { owner, agent: name, needs, given: rows });
  };
}

type Opening = { owner: string; agent: string; needs: SecretNeeds | null; given: readonly Given[] | null };

function openAll(ring: KeyRing, { owner, agent, needs, given }: Opening): Result<OpenedSecret[], string> {
  const opened: OpenedSecret[] = [];
  for (const need of needs ?? []) {
    const kept = given?.find((each) => each.name === need.name);
    if (!kept) return err(`${agent} needs your ${need.name}: add it under Settings and run again.`);
    const place = placeOf(owner, agent, need.name);
    opened.push({ header: need.header, value: ring.open({ sealed: kept.sealed, keyId: kept.key_id }, place) });
  }
  return ok(opened);
}

/** Seals with the current key what an older one sealed, so that the older one can be taken out of the file. */
export async function resealAll(pool: Pool, ring: KeyRing): Promise<number> {
  const { rows } = await pool.query<{ owner_id: string; agent: string; name: string; sealed: string; key_id: string }>(
    "select owner_id, agent, name, sealed, key_id from agent_secret where key_id <> $1",
    [ring.current()],
  );
  for (const { owner_id: owner, agent, name, sealed, key_id } of rows) {
    const place = placeOf(owner, agent, name);
    const anew = ring.seal(ring.open({ sealed, keyId: key_id }, place), place);
    // Where somebody has given another one meanwhile, that one stays.
    await pool.query(
      `update agent_secret set sealed = $5, key_id = $6 where owner_id = $1 and agent = $2 and name = $3 and sealed = $4`,
      [owner, agent, name, sealed, anew.sealed, anew.keyId],
    );
  }
  return rows.length;
}

function placeOf(owner: string, agent: string, name: string): string {
  return `${owner} ${agent} ${name}`;
}

/** `publisher/name` of `publisher/name@version`. */
function nameOf(agent: string): string {
  return agent.replace(/@.*$/, "");
}
