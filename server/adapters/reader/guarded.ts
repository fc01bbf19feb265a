import { err, ok, type Result } from "@/flows/basics/result";
import { BodyTooLarge, EgressFault, guardedFetch } from "@/server/egress/guarded-fetch";

export type Unread = { problem: string };

const WAIT_MS = 10_000;
const LIMITS = { connectMs: 5_000, bodyBytes: 1024 * 1024, redirects: 3 };

/** Reads what others have put at an address that they name: up to a megabyte of text, through the guard, and nothing of it is run. */
export function guardedReader(trusted: readonly string[]) {
  const guard = guardedFetch({ trusted: new Set(trusted) }, LIMITS);
  return {
    async text(
      url: string,
      { redirect = "follow" }: { redirect?: "follow" | "error" } = {},
    ): Promise<Result<string, Unread>> {
      try {
        const answer = await guard.fetch(url, { redirect, signal: AbortSignal.timeout(WAIT_MS) });
        if (answer.ok) return ok(await answer.text());
        await answer.body?.cancel();
        return err({ problem: `It answered ${answer.status}.` });
      } catch (problem) {
        return err({ problem: wordsOf(problem) });
      }
    },
  };
}

function wordsOf(problem: unknown): string {
  const inner = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
  if (inner instanceof BodyTooLarge) return "It has more than a megabyte.";
  if (inner instanceof EgressFault) return `The studio may not call it: ${inner.egress.reason}.`;
  if (inner instanceof Error && inner.name === "TimeoutError") return "It did not answer in time.";
  return "It could not be reached.";
}
