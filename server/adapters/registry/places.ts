import type { Pool } from "pg";
import { z } from "zod";
import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import type { Money } from "@/flows/basics/money";
import { Price } from "@/flows/types/price";
import { Protocol } from "@/flows/types/protocol";

/**
 * Where an agent answers, and how it is called there: `protocol` is null for the studio's own HTTP contract. `price` is
 * what a call costs, null where it costs nothing or depends on what was done.
 */
type Place = { origin: string; publisher: "house" | "outside"; protocol: Protocol | null; price: Money | null };

type PlaceOf = (agent: AgentId, manifest: Digest, payee: AccountId) => Promise<Place | null>;

const Row = z.object({
  origin: z.string(),
  publisher: z.enum(["house", "outside"]),
  protocol: Protocol.nullable(),
  price: Price.nullable().transform((price) => (price?.kind === "per_call" ? price.price : null)),
});

/**
 * Where the registry has an agent answer, and how. Null for an agent that it does not know, that was taken out or is
 * hidden, that declares something else by now than what the plan was made with, or whose calls pay somebody else by now,
 * and for what no adapter would understand: none of these is called. A version that is deprecated is in no palette any
 * more, and goes on serving the plans that were made with it.
 */
export function registryPlaces(pool: Pool): PlaceOf {
  return async (agent, manifest, payee) => {
    const { rows } = await pool.query({
      name: "place_of",
      text: `select origin, publisher, manifest->'protocol' as protocol, manifest->'price' as price
               from agent_version where agent = $1 and digest = $2 and payee = $3 and state in ('active', 'deprecated')
                and hidden is null`,
      values: [agent, manifest, payee],
    });
    return rows.length > 0 ? (Row.safeParse(rows[0]).data ?? null) : null;
  };
}
