import type { AccountId, AgentId, Digest, OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { AgentCall, AgentsError, AgentsPort, Delivery } from "@/flows/ports/agents";
import { measure } from "@/flows/types/measure";
import type { OpenApiOperation, Protocol } from "@/flows/types/protocol";
import { BodyTooLarge, EgressFault, FETCH_LIMITS, type FetchLimits, guardedFetch } from "@/server/egress/guarded-fetch";
import { type Resolve, rulesFor, type TrustedOrigins } from "@/server/egress/way";
import { type Request, requestOf } from "./request";

/** `origin` is the address that the paths of the operations are under. */
type Place = { origin: string; publisher: "house" | "outside"; protocol: Protocol | null; price: Money | null };

export type OpenApiAgentsOptions = {
  placeOf(agent: AgentId, manifest: Digest, payee: AccountId): Promise<Place | null>;
  trusted?: TrustedOrigins;
  resolve?: Resolve;
  limits?: FetchLimits;
};

const LIMITS = { values: 1_000_000, depth: 64, characters: 50_000_000 };
const LONGEST = 300;
/** Where no connection was made, nothing was sent. */
const UNCONNECTED = new Set(["ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT", "ENOTFOUND", "ENETUNREACH"]);

/** Operations of APIs as agents. The price is what the registry says; the operation is the key of the request. */
export function openApiAgents({
  placeOf,
  trusted = {},
  resolve,
  limits = FETCH_LIMITS,
}: OpenApiAgentsOptions): AgentsPort {
  return {
    async call(ask) {
      const place = await placeOf(ask.agent, ask.manifest, ask.payee);
      const operation = place?.protocol;
      if (!place || operation?.kind !== "openapi") {
        const reason = `${ask.agent} is not in the registry any more as it was when this was agreed to`;
        return err({ code: "agent_refused", reason });
      }
      const request = requestOf(place.origin, operation, ask.input);
      if (!request.ok) return refused(`input_unusable: ${request.error}`);
      const guarded = guardedFetch(rulesFor(place.publisher, { trusted, resolve }), limits);
      try {
        const answer = await exchange(guarded.fetch, { ask, operation, request: request.value });
        return answer.ok ? ok({ ...answer.value, price: place.price }) : answer;
      } catch (problem) {
        return err(whatItMeans(problem));
      } finally {
        void guarded.close();
      }
    },
  };
}

type Exchange = { ask: AgentCall; operation: OpenApiOperation; request: Request };
type Made = Result<Omit<Delivery, "price">, AgentsError>;

async function exchange(fetch: typeof globalThis.fetch, { ask, operation, request }: Exchange): Promise<Made> {
  const { url, headers, body } = request;
  const answer = await fetch(url, {
    method: operation.method.toUpperCase(),
    headers: {
      ...headers,
      accept: "application/json, text/plain;q=0.5",
      "idempotency-key": encodeURI(ask.operation),
      ...(body === null ? {} : { "content-type": "application/json" }),
    },
    ...(body === null ? {} : { body }),
    redirect: "manual", // where a call goes is said in the registry alone
    signal: AbortSignal.timeout(ask.deadlineMs),
  });
  const { status } = answer;
  const said = { text: await answer.text(), isJson: isJson(answer.headers.get("content-type") ?? "") };
  return status >= 200 && status < 300
    ? delivered({ status, ...said }, operation.gives)
    : err(failed({ status, ...said }, ask.operation));
}

type Said = { status: number; text: string; isJson: boolean };

function delivered({ status, text, isJson }: Said, gives: OpenApiOperation["gives"]): Made {
  if (gives === "text") return ok({ output: { status, text }, detail: {} });
  const value = isJson ? parsed(text) : undefined;
  if (value === undefined) return refused("answer_malformed: it is no JSON");
  if (!measure(value, LIMITS).ok) return refused("answer_malformed: it nests too deep");
  if (gives === "result") return ok({ output: { result: value }, detail: {} });
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? ok({ output: value, detail: {} }) : refused("answer_malformed: it is no object");
}

/** Only what is provably not done may be called unreachable. */
function failed({ status, text, isJson }: Said, operation: OperationId): AgentsError {
  const reason = `status ${status}${text ? `: ${text.slice(0, LONGEST)}` : ""}`;
  if (status >= 300 && status < 400)
    return { code: "agent_refused", reason: "redirect_refused: the operation has moved" };
  if (status === 429) return { code: "agent_unreachable", reason, answered: true };
  if (status === 408 || status >= 500) return { code: "outcome_unknown", reason };
  const said = isJson ? (parsed(text) as { error?: { code?: unknown } } | null | undefined) : null;
  if (said?.error?.code === "operation_reused") return { code: "operation_reused", operation };
  return { code: "agent_refused", reason };
}

function whatItMeans(problem: unknown): AgentsError {
  if (problem instanceof EgressFault) {
    const { code } = problem.egress;
    return { code: code === "host_unknown" ? "agent_unreachable" : "agent_refused", reason: problem.message };
  }
  if (problem instanceof BodyTooLarge) return { code: "agent_refused", reason: `answer_malformed: ${problem.message}` };
  if (!(problem instanceof Error)) return { code: "outcome_unknown", reason: "no answer" };
  const code = (problem.cause as { code?: string } | undefined)?.code ?? "";
  const reason = code || problem.message.slice(0, LONGEST);
  return { code: UNCONNECTED.has(code) ? "agent_unreachable" : "outcome_unknown", reason };
}

function isJson(contentType: string): boolean {
  return /^application\/(.+\+)?json$/i.test(contentType.split(";", 1)[0]?.trim() ?? "");
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON, which is what was asked
  }
}

function refused(reason: string): Result<never, AgentsError> {
  return err({ code: "agent_refused", reason });
}
