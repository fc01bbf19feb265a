import type { AccountId, AgentId, Digest } from "@/flows/basics/ids";
import { err } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { AgentCall, AgentsError, AgentsPort } from "@/flows/ports/agents";
import { type EgressError, type EgressRules, findWay, type Resolve } from "@/server/egress/way";
import { exchange, type Limits } from "./exchange";
import { malformed, readAnswer } from "./reading";

/**
 * `originOf` says where the registry has an agent answer, or null when the agent is not there as the plan knows it: the
 * name of one of the operator's own `addresses`, or an https address of the publisher's. `trusted` are the exact origins
 * of the operator's configuration that may lie on a private network; nobody else's word adds to them.
 */
export type HttpAgentsOptions = {
  originOf(agent: AgentId, manifest: Digest, payee: AccountId): Promise<string | null>;
  addresses: Readonly<Record<string, string>>;
  trusted?: readonly string[];
  resolve?: Resolve;
  limits?: Limits;
};

const LIMITS: Limits = { connectMs: 10_000, bodyBytes: 10 * 1024 * 1024 };
const MARGIN_MS = 5_000; // the agent keeps its own deadline and says so; this is for the way there and back

/** Agents over the studio's HTTP contract: one POST per call, the operation as its idempotency key. */
export function httpAgents(options: HttpAgentsOptions): AgentsPort {
  const { originOf, addresses, resolve, limits = LIMITS } = options;
  const own = Object.values(addresses).map((address) => new URL(address).origin);
  const rules: EgressRules = {
    trusted: new Set([...own, ...(options.trusted ?? [])]),
    ...(resolve ? { resolve } : {}),
  };
  return {
    async call(ask, hear = () => undefined) {
      const { operation, agent, manifest, payee, deadlineMs } = ask;
      const origin = await originOf(agent, manifest, payee);
      const reason = `${agent} is not in the registry any more as it was when this was agreed to`;
      if (origin === null) return err({ code: "agent_refused", reason });
      const address = Object.hasOwn(addresses, origin) ? addresses[origin] : origin;
      const url = address ? urlOf(address, agent) : null;
      if (!url) return err({ code: "agent_refused", reason: `the address of ${agent} cannot be called` });
      const way = await findWay(url, rules);
      if (!way.ok) return err(notCalled(way.error));
      const { lookup } = way.value;
      const answer = await exchange({ url, lookup, ...messageOf(ask), waitMs: deadlineMs + MARGIN_MS, hear }, limits);
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

function urlOf(address: string, agent: AgentId): URL | null {
  const url = `${address.replace(/\/$/, "")}/${nameOf(agent)}/execute`;
  return URL.canParse(url) ? new URL(url) : null;
}

/** Nothing was sent. A name without an address may have one again; an address that is barred stays so. */
function notCalled({ code, reason }: EgressError): AgentsError {
  return { code: code === "host_unknown" ? "agent_unreachable" : "agent_refused", reason: `${code}: ${reason}` };
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
