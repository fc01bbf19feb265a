import type { WayIn } from "./link-wallet";

/** For so long after signing in a click is more than a click. */
const FRESH_MS = 600_000;

/**
 * What a click by a session shows. Who came in by a wallet signed for it: within ten minutes of that a click is `confirmed`. A
 * local account is opened by its cookie alone, which shows nothing anew, whenever that was.
 */
export function clickOf(
  { way, signedInMs = 0 }: { way: WayIn; signedInMs?: number },
  nowMs: number,
): "confirmed" | "session" {
  const isFresh = way === "wallet" && signedInMs <= nowMs && nowMs - signedInMs < FRESH_MS;
  return isFresh ? "confirmed" : "session";
}
