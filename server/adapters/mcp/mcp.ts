import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import type { Money } from "@/flows/basics/money";
import { err } from "@/flows/basics/result";
import type { AgentCall, AgentsError, AgentsPort } from "@/flows/ports/agents";
import type { Protocol } from "@/flows/types/protocol";
import { BodyTooLarge, EgressFault, FETCH_LIMITS, type FetchLimits } from "@/server/egress/guarded-fetch";
import { type Resolve, rulesFor, type TrustedOrigins } from "@/server/egress/way";
import { callTool } from "./call-tool";
import { openHttp } from "./http-session";
import type { Session } from "./session";
import { ServerAway, type StdioServers } from "./stdio-servers";
import { STDIO } from "./stdio-transport";
import { wordsOf } from "./words-of";

/** Where a tool is: the address of its server, or `stdio:` and the name that the operator gave a server of his own. */
type Place = { origin: string; publisher: "house" | "outside"; protocol: Protocol | null; price: Money | null };

export type McpAgentsOptions = {
  placeOf(agent: AgentId, manifest: Digest, payee: AccountId): Promise<Place | null>;
  trusted?: TrustedOrigins;
  /** The servers that the operator installed. */
  installed: Pick<StdioServers, "use"> | null;
  resolve?: Resolve;
  limits?: FetchLimits;
  /** Units: milliseconds. So long the answer to a call may be taken up again after its stream has ended. */
  takenUpMs?: number;
};

const OPEN_MS = 20_000;

/**
 * Tools of MCP servers as agents. The price is what the registry says: no tool can ask for money. A server of the
 * operator's is reached only by an agent that is the house's own, whatever an address in the registry says.
 */
export function mcpAgents(options: McpAgentsOptions): AgentsPort {
  const { placeOf, installed, trusted = {}, resolve, limits = FETCH_LIMITS, takenUpMs } = options;

  async function withSession<T>(place: Place, work: (session: Session) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(OPEN_MS);
    if (place.origin.startsWith(STDIO)) {
      if (!installed || place.publisher !== "house") throw new ServerAway("no such server is installed", "refused");
      return installed.use(place.origin.slice(STDIO.length), { signal, work });
    }
    if (!URL.canParse(place.origin)) throw new ServerAway("its address cannot be called", "refused");
    const rules = rulesFor(place.publisher, { trusted, resolve });
    const session = await openHttp(new URL(place.origin), { rules, limits, takenUpMs, signal });
    try {
      return await work(session);
    } finally {
      void session.close().catch(() => undefined);
    }
  }

  return {
    async call(ask, hear = () => undefined) {
      const place = await placeOf(ask.agent, ask.manifest, ask.payee);
      const tool = place?.protocol;
      if (!place || tool?.kind !== "mcp") {
        const reason = `${ask.agent} is not in the registry any more as it was when this was agreed to`;
        return err({ code: "agent_refused", reason });
      }
      try {
        const made = await withSession(place, (session) =>
          callTool(session, { call: ask, tool, signal: AbortSignal.timeout(ask.deadlineMs), hear }),
        );
        return made.ok ? { ok: true, value: { ...made.value, price: place.price } } : made;
      } catch (problem) {
        return err(notCalled(problem, ask));
      }
    },
  };
}

/** The tool was not called: it never came so far. What may be otherwise later is unreachable, and the rest refused. */
function notCalled(problem: unknown, { agent }: AgentCall): AgentsError {
  if (problem instanceof EgressFault && problem.egress.code === "egress_refused")
    return { code: "agent_refused", reason: problem.message };
  if (problem instanceof ServerAway && problem.lasts === "refused")
    return { code: "agent_refused", reason: problem.message };
  if (problem instanceof BodyTooLarge) return { code: "agent_refused", reason: problem.message };
  return { code: "agent_unreachable", reason: `${agent}: ${wordsOf(problem)}` };
}
