import type { AccountId } from "@/flows/basics/ids";
import type { Services } from "../services";
import type { WayIn } from "./link-wallet";
import { couldOpen } from "./opened-by";

type Session = { id: AccountId; way: WayIn; signedInMs: number };

/** For so long a session that held is not looked at again: a page asks the API more than once. */
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 5_000;

/**
 * Whether a session holds. One that came by a wallet ends with it: it holds only while its account has a wallet that was linked by
 * the time of the sign-in. Else whoever linked a wallet of theirs in a browser that they found open, and came in by it at home,
 * would stay after its owner took it away. Another session asks nothing of the database.
 */
export function heldSessions({ clock, wallets }: Pick<Services, "clock" | "wallets">) {
  const held = new Map<string, number>();
  return async ({ id, way, signedInMs }: Session): Promise<boolean> => {
    if (way !== "wallet") return true;
    const session = `${id} ${signedInMs}`;
    if ((held.get(session) ?? 0) > clock.now()) return true;
    held.delete(session);
    const untilMs = clock.now() + REMEMBERED_MS; // counted from before the database is asked, however long that takes
    const wallet = await wallets.linked(id);
    if (!wallet || !couldOpen(wallet, signedInMs)) return false;
    const [oldest] = held.keys();
    if (held.size >= MOST_REMEMBERED && oldest !== undefined) held.delete(oldest);
    held.set(session, untilMs);
    return true;
  };
}
