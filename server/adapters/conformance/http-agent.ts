import type { Json } from "@/flows/basics/json";
import { echoes } from "@/server/egress/echoes";
import { BodyTooLarge, EgressFault } from "@/server/egress/guarded-fetch";

/**
 * What came of one request. `said` is JSON, undefined for what is none. `silent` says why nothing was heard, and `away`
 * that nobody was there to be heard: which of the two it is never follows from words, as an agent chooses its own.
 */
export type Heard =
  | { status: number; said: unknown; bytes: number; ms: number }
  | { silent: string; away: boolean; ms: number };

type Fetch = typeof globalThis.fetch;
type Ask = {
  url: string;
  waitMs: number;
  body?: Json;
  key?: string;
  cut?: "answer";
  secrets?: readonly { header: string; value: string }[];
};

/** Asks an agent over the HTTP contract, as a run would. With `cut` the connection ends before the answer is read. */
export async function ask(fetch: Fetch, { url, waitMs, body, key, cut, secrets = [] }: Ask): Promise<Heard> {
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  try {
    const headers = {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...Object.fromEntries(secrets.map(({ header, value }) => [header.toLowerCase(), value])),
    };
    const sent = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(url, { ...sent, redirect: "error", signal: AbortSignal.timeout(waitMs) });
    if (cut) {
      await answer.body?.cancel();
      return { silent: "cut off", away: false, ms: ms() };
    }
    const text = await answer.text();
    const values = secrets.map(({ value }) => value);
    // What it answers is kept and read by reviewers, so that nothing of it is passed on.
    if (values.length > 0 && (echoes(text, values) || echoes(parse(text), values)))
      return { silent: "it says a secret again that it was called with", away: false, ms: ms() };
    return { status: answer.status, said: parse(text), bytes: Buffer.byteLength(text), ms: ms() };
  } catch (problem) {
    return { ...silenceOf(problem), ms: ms() };
  }
}

function silenceOf(problem: unknown): { silent: string; away: boolean } {
  const inner = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
  if (inner instanceof BodyTooLarge) return { silent: inner.message, away: false };
  if (inner instanceof EgressFault) {
    const { code, reason } = inner.egress;
    return { silent: `the studio may not call it: ${reason}`, away: code === "host_unknown" };
  }
  if (inner instanceof Error && inner.name === "TimeoutError") return { silent: "no answer in time", away: true };
  if (inner instanceof Error && "code" in inner && typeof inner.code === "string")
    return { silent: `no connection: ${inner.code}`, away: true };
  return { silent: inner instanceof Error ? inner.message : String(inner), away: false };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
