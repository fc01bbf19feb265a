import type { AccountId } from "@/flows/basics/ids";
import type { Services } from "../services";
import type { WayIn } from "./link-wallet";
import { couldOpen } from "./opened-by";

/** For so long after signing in a click is more than a click. */
const FRESH_MS = 600_000;

type Session = { id: AccountId; way: WayIn; signedInMs?: number };

/**
 * What a click by a session shows. Who came in by a wallet signed for it: within ten minutes of that a click is `confirmed`, if
 * that wallet was linked by then, is still, and counts. A local account is opened by its cookie alone, which shows nothing
 * anew, whenever that was.
 */
export async function clickOf(
  { clock, wallets }: Pick<Services, "clock" | "wallets">,
  { id, way, signedInMs = 0 }: Session,
): Promise<"confirmed" | "session"> {
  const nowMs = clock.now();
  if (way !== "wallet" || signedInMs > nowMs || nowMs - signedInMs >= FRESH_MS) return "session";
  const wallet = await wallets.linked(id);
  const signed = wallet?.waitsUntil === null && couldOpen(wallet, signedInMs);
  return signed ? "confirmed" : "session";
}
