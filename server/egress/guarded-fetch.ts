import { TransformStream } from "node:stream/web";
import { Agent, type RequestInit as Init, Response, fetch as send } from "undici";
import { err, type Result } from "@/flows/basics/result";
import { type EgressError, type EgressRules, findWay, type Way } from "./way";

/** Units: milliseconds, bytes, redirects. How long an answer may take is said by the signal of each request. */
export type FetchLimits = { connectMs: number; bodyBytes: number; redirects: number };
export const FETCH_LIMITS: FetchLimits = { connectMs: 10_000, bodyBytes: 10 * 1024 * 1024, redirects: 3 };

export type GuardedFetch = { fetch: typeof globalThis.fetch; close(): Promise<void> };

/** What a guarded fetch rejects with when it did not call. Nothing was sent to the address that it names. */
export class EgressFault extends Error {
  constructor(readonly egress: EgressError) {
    super(`${egress.code}: ${egress.reason}`);
    this.name = "EgressFault";
  }
}

/** What it rejects with when more comes than it reads. */
export class BodyTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`the answer has more than ${limit} bytes`);
    this.name = "BodyTooLarge";
  }
}

/** What may go along to an origin that nobody was told of: no key, no session and no cookie. */
const HARMLESS = ["accept", "accept-language", "content-type", "user-agent"];
const MOST_POOLS = 16;
const LONGEST_MS = 660_000; // a call may take ten minutes; whoever asks gives it up earlier

type Hop = { url: URL; init: Init; first: string };

/**
 * `fetch` for addresses that others named: each request, and each redirect of it, goes only where `findWay` lets it go,
 * over a connection to exactly the addresses that were checked. What the operator trusts is trusted when it is asked for,
 * and never because somebody redirected to it. Bodies are counted as they are read, after they are unpacked.
 */
export function guardedFetch(rules: EgressRules, limits: FetchLimits = FETCH_LIMITS): GuardedFetch {
  const pools = new Map<string, Agent>();

  /** One pool for what was checked: a name that stands for something else by now has another. */
  function poolTo({ url, addresses, lookup }: Way): Agent {
    const key = `${url.origin} ${[...addresses].sort().join(" ")}`;
    const connect = { lookup, timeout: limits.connectMs };
    const pool = pools.get(key) ?? new Agent({ connect, headersTimeout: LONGEST_MS, bodyTimeout: LONGEST_MS });
    pools.delete(key);
    pools.set(key, pool);
    const [oldest] = pools.keys();
    if (pools.size > MOST_POOLS && oldest !== undefined) {
      void pools.get(oldest)?.close();
      pools.delete(oldest);
    }
    return pool;
  }

  async function request({ url, init, first }: Hop): Promise<Response> {
    const trusted = url.origin === first ? rules.trusted : new Set<string>();
    const way = await findWay(url, { ...rules, trusted });
    if (!way.ok) throw new EgressFault(way.error);
    return send(url, { ...init, redirect: "manual", dispatcher: poolTo(way.value) });
  }

  async function follow(url: URL, init: Init): Promise<Response> {
    let hop: Hop = { url, init, first: url.origin };
    for (let redirects = 0; ; redirects++) {
      const answer = await request(hop);
      if (init.redirect === "manual" || !isRedirect(answer)) return bounded(answer, limits.bodyBytes);
      await answer.body?.cancel();
      const next = redirects < limits.redirects && init.redirect !== "error" ? nextHop(hop, answer) : tooMany();
      if (!next.ok) throw new EgressFault(next.error);
      hop = next.value;
    }
  }

  return {
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      if (typeof input !== "string" && !(input instanceof URL))
        throw new TypeError("an address is asked for, no Request");
      return follow(new URL(input), (init ?? {}) as Init);
    }) as unknown as typeof globalThis.fetch,
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function isRedirect({ status, headers }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.has("location");
}

/** As browsers do it: all but 307 and 308 turn what is no question into one. */
function nextHop({ url, init, first }: Hop, { status, headers }: Response): Result<Hop, EgressError> {
  const location = headers.get("location") ?? "";
  if (!URL.canParse(location, url)) return err({ code: "egress_refused", reason: "a redirect leads nowhere" });
  const next = new URL(location, url);
  const keeps = status === 307 || status === 308 || ["GET", "HEAD"].includes((init.method ?? "GET").toUpperCase());
  if (keeps && init.body && typeof init.body !== "string")
    return err({ code: "egress_refused", reason: "what is sent once cannot be sent on" });
  const { body: _, ...bare } = init;
  const sent = keeps ? init : { ...bare, method: "GET" };
  const headersSent = next.origin === first ? sent.headers : harmless(sent.headers);
  return { ok: true, value: { url: next, first, init: headersSent ? { ...sent, headers: headersSent } : sent } };
}

function harmless(headers: Init["headers"]): Record<string, string> {
  const all = new Headers(headers as HeadersInit);
  return Object.fromEntries(HARMLESS.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? ""]] : [])));
}

function tooMany(): Result<never, EgressError> {
  return err({ code: "egress_refused", reason: "it redirects too often" });
}

function bounded(answer: Response, limit: number): Response {
  if (!answer.body) return answer;
  let size = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limit) controller.error(new BodyTooLarge(limit));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = answer;
  return new Response(counted, { status, statusText, headers });
}
