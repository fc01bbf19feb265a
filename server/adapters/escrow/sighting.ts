import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainUnknown, Sighting } from "@/flows/ports/chain";

type Status = "processed" | "confirmed" | "finalized";

/** What one server says of a signature, and how far its finalized history was before it was asked. */
export type Seen = {
  finalizedSlot: bigint;
  finalizedHeight: bigint;
  landed: { slot: bigint; failed: string | null; at: Status } | null;
};

const FAR: Record<Status, number> = { processed: 0, confirmed: 1, finalized: 2 };

/**
 * What servers say together. One that has not come that far yet contradicts nobody; two that say different things of what
 * is over do, and then nobody knows. What never landed is as old as the least of their histories.
 */
export function sightingOf(
  all: readonly Seen[],
  commitment: "confirmed" | "finalized",
): Result<Sighting, ChainUnknown> {
  const landed = all.flatMap((seen) => seen.landed ?? []);
  const [one] = landed;
  if (all.length === 0) return unknown("No server of the chain answered.");
  if (!one) {
    const [least = 0n] = all.map(({ finalizedHeight }) => finalizedHeight).sort((a, b) => (a < b ? -1 : 1));
    return ok({ seen: "nothing", finalizedHeight: least });
  }
  const final = landed.some(({ at }) => at === "finalized");
  const differs = landed.some(({ slot, failed }) => slot !== one.slot || failed !== one.failed);
  const denied = final && all.some((seen) => !seen.landed && seen.finalizedSlot >= one.slot);
  if (differs || denied) return unknown("Servers of the chain contradict each other.");
  if (!landed.some(({ at }) => FAR[at] >= FAR[commitment])) return ok({ seen: "on_its_way" });
  return ok({ seen: "landed", slot: one.slot, failed: one.failed, final });
}

const unknown = (reason: string) => err({ code: "outcome_unknown", reason } as const);
