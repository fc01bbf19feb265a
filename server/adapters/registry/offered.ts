import type { Pool } from "pg";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOfManifest } from "@/flows/plan/manifest";
import type { AgentManifest } from "@/flows/types/agent-manifest";
import { writtenPrice } from "@/flows/types/price";

/**
 * Puts what a server of the operator's offers into the registry, as it offers it now; the house is paid for it. What it
 * no longer offers is taken out of the palette. To do it again changes nothing, and what a reviewer suspended stays so.
 */
export async function offerTools(pool: Pool, origin: string, manifests: readonly AgentManifest[]): Promise<void> {
  const rows = manifests.map((manifest) => ({
    agent: manifest.agent,
    manifest: JSON.parse(canonicalJson({ ...manifest, price: writtenPrice(manifest.price) })),
    digest: digestOfManifest(manifest),
  }));
  await pool.query(
    `with offered as (
       insert into agent_version (agent, manifest, digest, payee, publisher, origin, state, protocol)
       select agent, manifest, digest, 'studio', 'house', $2, 'active', 'mcp'
         from jsonb_to_recordset($1::jsonb) as said (agent text, manifest jsonb, digest text)
       on conflict (agent) do update
         set manifest = excluded.manifest, digest = excluded.digest, origin = excluded.origin,
             state = case agent_version.state when 'deprecated' then 'active' else agent_version.state end
         where agent_version.origin = $2 and agent_version.publisher = 'house'
           and (agent_version.digest <> excluded.digest or agent_version.state = 'deprecated')
     )
     update agent_version set state = 'deprecated'
      where origin = $2 and agent like 'operator/%' and publisher = 'house' and state = 'active'
        and agent <> all (select jsonb_array_elements($1::jsonb)->>'agent')`,
    [JSON.stringify(rows), origin],
  );
}

/** Takes the tools of servers that are no longer installed out of the palette. */
export async function withdrawOthers(pool: Pool, origins: readonly string[]): Promise<void> {
  await pool.query(
    `update agent_version set state = 'deprecated'
      where agent like 'operator/%' and publisher = 'house' and state = 'active' and origin <> all ($1)`,
    [origins],
  );
}
