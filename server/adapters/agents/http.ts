import type { AgentId, Digest } from "@/flows/basics/ids";
import { err } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { AgentCall, AgentsPort } from "@/flows/ports/agents";
import { exchange, type Limits } from "./exchange";
import { malformed, readAnswer } from "./reading";

/**
 * `originOf` says where the registry has an agent answer, by the name of an origin, or null when the agent is not there
 * as the plan knows it; `addresses` are the origins that
 * the operator's configuration allows. An origin that is not among them is refused, whoever put it into the registry.
 */
export type HttpAgentsOptions = {
  originOf(agent: AgentId, manifest: Digest): Promise<string | null>;
  addresses: Readonly<Record<string, string>>;
  limits?: Limits;
};

const LIMITS: Limits = { connectMs: 10_000, bodyBytes: 10 * 1024 * 1024 };
const MARGIN_MS = 5_000; // the agent keeps its own deadline and says so; this is for the way there and back

/** Agents over the studio's HTTP contract: one POST per call, the operation as its idempotency key. */
export function httpAgents({ originOf, addresses, limits = LIMITS }: HttpAgentsOptions): AgentsPort {
  return {
    async call(ask, hear = () => undefined) {
      const { operation, agent, manifest, deadlineMs } = ask;
      const origin = await originOf(agent, manifest);
      const reason = `${agent} is not in the registry any more as it was when this was agreed to`;
      if (origin === null) return err({ code: "agent_refused", reason });
      const address = Object.hasOwn(addresses, origin) ? addresses[origin] : undefined;
      if (!address) return err({ code: "agent_refused", reason: `calls to the origin of ${agent} are not allowed` });

      const url = new URL(`${address.replace(/\/$/, "")}/${nameOf(agent)}/execute`);
      const answer = await exchange({ url, ...messageOf(ask), waitMs: deadlineMs + MARGIN_MS, hear }, limits);
      switch (answer.became) {
        case "answered":
          return readAnswer(answer, operation);
        case "too_large":
          return malformed(`more than ${limits.bodyBytes} bytes`);
        case "malformed":
          return malformed(answer.problem);
        case "unsent":
          return err({ code: "agent_unreachable", reason: answer.reason });
        case "lost":
          return err({ code: "outcome_unknown", reason: answer.reason });
        default:
          return unreachable(answer);
      }
    },
  };
}

function messageOf({ operation, input }: AgentCall) {
  const headers = {
    accept: "application/x-ndjson, application/json",
    "content-type": "application/json",
    "idempotency-key": encodeURI(operation), // a header carries visible ASCII, and so do nearly all operations
  };
  return { headers, body: JSON.stringify({ input, executionId: operation }) };
}

/** "studio/summariser@1.0.0" is served at /summariser. */
function nameOf(agent: AgentId): string {
  return /\/(.+)@/.exec(agent)?.[1] ?? agent;
}
