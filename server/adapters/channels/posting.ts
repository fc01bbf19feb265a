import { err, ok, type Result } from "@/flows/basics/result";
import { EgressFault, type GuardedFetch } from "@/server/egress/guarded-fetch";
import type { NotSent } from "./channel";

type Post = { headers: Readonly<Record<string, string>>; body: string | Uint8Array<ArrayBuffer> };

const WAIT_MS = 15_000;
const LONGEST_REST_MS = 3_600_000;
/** What may be otherwise in a while, whatever its number says of whose fault it was. */
const PASSING = [408, 409, 425, 429];

/** Posts to an address that somebody named, through the guard. A redirect is no place that they named, and is not followed. */
export async function post(
  { fetch }: Pick<GuardedFetch, "fetch">,
  url: string,
  { headers, body, waitMs = WAIT_MS }: Post & { waitMs?: number },
): Promise<Result<{ headers: Headers }, NotSent>> {
  try {
    const signal = AbortSignal.timeout(waitMs);
    const answer = await fetch(url, { method: "POST", redirect: "manual", headers, body, signal });
    await answer.body?.cancel();
    return answer.ok ? ok({ headers: answer.headers }) : err(refusal(answer));
  } catch (problem) {
    return err(fault(problem));
  }
}

function refusal({ status, headers }: Response): NotSent {
  if (status === 404 || status === 410)
    return { code: "address_gone", problem: `it answered ${status}: there is nobody any more`, final: true };
  if (status >= 300 && status < 400)
    return { code: "channel_refused", problem: `it answered ${status}, which leads elsewhere`, final: true };
  const final = status < 500 && !PASSING.includes(status);
  const afterMs = Number(headers.get("retry-after")) * 1_000;
  const rests = afterMs > 0 ? { afterMs: Math.min(afterMs, LONGEST_REST_MS) } : {};
  return { code: "channel_refused", problem: `it answered ${status}`, final, ...rests };
}

function fault(problem: unknown): NotSent {
  const inner = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
  if (inner instanceof EgressFault) {
    const { code, reason } = inner.egress;
    if (code === "host_unknown") return { code: "channel_unreachable", problem: reason, final: false };
    return { code: "egress_refused", problem: `the studio may not call it: ${reason}`, final: true };
  }
  if (inner instanceof Error && /Timeout|Abort/.test(inner.name))
    return { code: "channel_slow", problem: "there was no answer in time", final: false };
  const refused = inner instanceof Error && "code" in inner && inner.code === "ECONNREFUSED";
  const words = refused ? "it refused the connection" : "the connection broke before it had answered";
  return { code: "channel_unreachable", problem: words, final: false };
}
