import type { AccountId, AgentId, Digest, OperationId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { AgentCall, AgentsError, AgentsPort } from "@/flows/ports/agents";
import { echoes } from "@/server/egress/echoes";
import { type EgressError, findWay, type Resolve, rulesFor, type TrustedOrigins } from "@/server/egress/way";
import { type Exchange, exchange, type Limits } from "./exchange";
import { malformed, readAnswer } from "./reading";

/**
 * `placeOf` says where the registry has an agent answer, or null when the agent is not there as the plan knows it: the
 * name of one of the operator's own `addresses`, or an https address of the publisher's. `trusted` are the exact origins
 * of the operator's configuration that may lie on a private network; nobody else's word adds to them. `secretsFor` opens
 * what the payer brings along for one call; its error says what is missing, and nothing is sent.
 */
type OutgoingSecret = { header: string; value: string };
type Place = { origin: string; publisher: "house" | "outside" };

export type HttpAgentsOptions = {
  placeOf(agent: AgentId, manifest: Digest, payee: AccountId): Promise<Place | null>;
  addresses: Readonly<Record<string, string>>;
  trusted?: TrustedOrigins;
  secretsFor?(ask: AgentCall): Promise<Result<readonly OutgoingSecret[], string>>;
  resolve?: Resolve;
  limits?: Limits;
};

const LIMITS: Limits = { connectMs: 10_000, bodyBytes: 10 * 1024 * 1024 };
const MARGIN_MS = 5_000; // the agent keeps its own deadline and says so; this is for the way there and back

/** Agents over the studio's HTTP contract: one POST per call, the operation as its idempotency key. */
export function httpAgents(options: HttpAgentsOptions): AgentsPort {
  const { placeOf, addresses, trusted = {}, resolve, limits = LIMITS, secretsFor = NO_SECRETS } = options;
  const withOwn = { ...trusted, house: [...originsOf(addresses), ...(trusted.house ?? [])] };
  const rulesOf = (publisher: Place["publisher"]) => rulesFor(publisher, { trusted: withOwn, resolve });
  return {
    async call(ask, hear = () => undefined) {
      const { operation, agent, manifest, payee, deadlineMs } = ask;
      const place = await placeOf(agent, manifest, payee);
      const reason = `${agent} is not in the registry any more as it was when this was agreed to`;
      if (place === null) return err({ code: "agent_refused", reason });
      const own = Object.hasOwn(addresses, place.origin) ? addresses[place.origin] : undefined;
      const url = urlOf(own ?? place.origin, agent);
      if (!url) return err({ code: "agent_refused", reason: `the address of ${agent} cannot be called` });
      const way = await findWay(url, rulesOf(own === undefined ? place.publisher : "house"));
      if (!way.ok) return err(notCalled(way.error));
      const secrets = await secretsFor(ask);
      if (!secrets.ok) return err({ code: "agent_refused", reason: `secret_missing: ${secrets.error}` });
      const { lookup } = way.value;
      const heard = secrets.value.length === 0 ? hear : () => undefined; // a piece of text may hold a piece of a secret
      const message = messageOf(ask, secrets.value);
      const waitMs = deadlineMs + MARGIN_MS;
      const answer = withoutEchoes(
        await exchange({ url, lookup, ...message, waitMs, hear: heard }, limits),
        secrets.value,
      );
      return meaningOf(answer, { operation, limits });
    },
  };
}

function meaningOf(answer: Exchange, { operation, limits }: { operation: OperationId; limits: Limits }) {
  switch (answer.became) {
    case "answered":
      return readAnswer(answer, operation);
    case "too_large":
      return malformed(`more than ${limits.bodyBytes} bytes`);
    case "malformed":
      return malformed(answer.problem);
    case "unsent":
      return err({ code: "agent_unreachable", reason: answer.reason } as const);
    case "lost":
      return err({ code: "outcome_unknown", reason: answer.reason } as const);
    default:
      return unreachable(answer);
  }
}

const originsOf = (addresses: Readonly<Record<string, string>>): string[] =>
  Object.values(addresses).map((address) => new URL(address).origin);

function urlOf(address: string, agent: AgentId): URL | null {
  const url = `${address.replace(/\/$/, "")}/${nameOf(agent)}/execute`;
  return URL.canParse(url) ? new URL(url) : null;
}

/** Nothing was sent. A name without an address may have one again; an address that is barred stays so. */
function notCalled({ code, reason }: EgressError): AgentsError {
  return { code: code === "host_unknown" ? "agent_unreachable" : "agent_refused", reason: `${code}: ${reason}` };
}

const NO_SECRETS = async () => ok([]);

/**
 * An answer that says a secret again is refused whole: what an agent hands over is kept under its digest, shown, and
 * passed on to other agents. What is wrong with a malformed one is not quoted either.
 */
function withoutEchoes(answer: Exchange, secrets: readonly OutgoingSecret[]): Exchange {
  if (secrets.length === 0) return answer;
  const values = secrets.map(({ value }) => value);
  if (answer.became === "answered" && echoes(answer.said, values))
    return { became: "malformed", problem: "it says a secret again that it was called with" };
  if (answer.became === "malformed") return { became: "malformed", problem: "it is no answer of the contract" };
  return answer;
}

function messageOf({ operation, input }: AgentCall, secrets: readonly OutgoingSecret[]) {
  const headers = {
    ...Object.fromEntries(secrets.map(({ header, value }) => [header.toLowerCase(), value])),
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
