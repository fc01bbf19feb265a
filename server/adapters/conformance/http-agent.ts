import type { Json } from "@/flows/basics/json";
import { BodyTooLarge, EgressFault } from "@/server/egress/guarded-fetch";

/** What came of one request. `said` is JSON, undefined for what is none. `silent` says why nothing was heard. */
export type Heard = { status: number; said: unknown; bytes: number; ms: number } | { silent: string; ms: number };

type Fetch = typeof globalThis.fetch;
type Ask = { url: string; waitMs: number; body?: Json; key?: string; cut?: "answer" };

/** Asks an agent over the HTTP contract, as a run would. With `cut` the connection ends before the answer is read. */
export async function ask(fetch: Fetch, { url, waitMs, body, key, cut }: Ask): Promise<Heard> {
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  try {
    const headers = {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
    };
    const sent = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(url, { ...sent, redirect: "error", signal: AbortSignal.timeout(waitMs) });
    if (cut) {
      await answer.body?.cancel();
      return { silent: "cut off", ms: ms() };
    }
    const text = await answer.text();
    return { status: answer.status, said: parse(text), bytes: Buffer.byteLength(text), ms: ms() };
  } catch (problem) {
    return { silent: wordsOf(problem), ms: ms() };
  }
}

function wordsOf(problem: unknown): string {
  const inner = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
  if (inner instanceof BodyTooLarge) return inner.message;
  if (inner instanceof EgressFault) return `the studio may not call it: ${inner.egress.reason}`;
  if (inner instanceof Error && inner.name === "TimeoutError") return "no answer in time";
  if (inner instanceof Error && "code" in inner && typeof inner.code === "string")
    return `no connection: ${inner.code}`;
  return inner instanceof Error ? inner.message : String(inner);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
