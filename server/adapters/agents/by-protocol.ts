import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import { err } from "@/flows/basics/result";
import type { AgentCall, AgentsPort } from "@/flows/ports/agents";
import type { Protocol } from "@/flows/types/protocol";

type Kind = Protocol["kind"];

/** `placeOf` says how an agent is called: null for one that is not in the registry as the plan knows it. */
export type ByProtocolOptions = {
  placeOf(agent: AgentId, manifest: Digest, payee: AccountId): Promise<{ protocol: Protocol | null } | null>;
  http: AgentsPort;
  others: Readonly<Partial<Record<Kind, AgentsPort>>>;
};

const MOST_KNOWN = 10_000;

/**
 * Each agent over the protocol that it declares. A digest names one declaration for ever, so what it declares is asked
 * for once; whether it may still be called is for the adapter to ask, each time.
 */
export function byProtocol({ placeOf, http, others }: ByProtocolOptions): AgentsPort {
  const known = new Map<string, AgentsPort>();

  async function portOf({ agent, manifest, payee }: AgentCall): Promise<AgentsPort | null> {
    const key = `${agent} ${manifest}`;
    const found = known.get(key);
    if (found) return found;
    const place = await placeOf(agent, manifest, payee);
    if (!place) return null;
    const port = place.protocol ? others[place.protocol.kind] : http;
    if (!port) return null;
    known.set(key, port);
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? "");
    return port;
  }

  return {
    async call(ask, hear) {
      const port = await portOf(ask);
      const reason = `${ask.agent} is not in the registry any more as it was when this was agreed to`;
      return port ? port.call(ask, hear) : err({ code: "agent_refused", reason });
    },
  };
}
