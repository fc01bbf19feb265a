import { Pool } from "pg";
import { AgentId, Digest } from "@/flows/basics/ids";
import { unreachable } from "@/flows/basics/unreachable";
import { rpcChain } from "@/server/adapters/escrow/rpc-chain";
import { findRegistration, type NotFound } from "@/server/adapters/registrations/found";
import { notedRegistrations } from "@/server/adapters/registrations/noted";

/** `urls` are servers of the chain; `agent` as in acme/reader@1.0.0; `program` and `publisher` in base58. */
export type Wish = { databaseUrl: string; urls: readonly string[]; program: string; publisher: string; agent: string };

type Said = { done: boolean; sentence: string };

/** Looks for an agent's registration on the chain and notes it. Errors: a sentence of what is wrong and what to do. */
export async function noteRegistration({ databaseUrl, urls, program, publisher, agent: name }: Wish): Promise<Said> {
  const agent = AgentId.safeParse(name);
  if (!agent.success) return refused(`${name} is no version of an agent: write it as in acme/reader@1.0.0.`);
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const { rows } = await pool.query("select digest from agent_version where agent = $1", [agent.data]);
    const manifest = Digest.safeParse(rows[0]?.digest);
    if (!manifest.success) return refused(`The studio's registry has no ${agent.data}. Publish it first.`);
    const chain = rpcChain({ urls, commitment: "finalized" }); // what may still be undone is not noted
    const found = await findRegistration(chain, { program, publisher, agent: agent.data, manifest: manifest.data });
    if (!found.ok) return refused(words(agent.data, found.error));
    await notedRegistrations(pool).note(agent.data, found.value);
    return {
      done: true,
      sentence: `${agent.data} is registered at ${found.value.agent}, and is read there before each call.`,
    };
  } finally {
    await pool.end();
  }
}

const refused = (sentence: string): Said => ({ done: false, sentence });

function words(agent: AgentId, fault: NotFound): string {
  switch (fault.code) {
    case "address_malformed":
      return `${fault.address} is no address of the chain.`;
    case "registration_gone":
    case "registration_replaced":
    case "manifest_mismatched":
      return `Under this key nobody registered ${agent} with the manifest that the studio has of it.`;
    case "state_refused":
      return `${agent} is registered, and the ${fault.of} is ${fault.state}. Its owner has to make it active first.`;
    case "chain_unknown":
      return `The chain could not be read: ${fault.reason}`;
    default:
      return unreachable(fault);
  }
}
