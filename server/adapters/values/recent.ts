import type { Digest } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";

/** What a value takes beside its text: its digest and its places in the map and in memory. Units: characters. */
const BESIDE = 400;

/** Values used lately, up to a number of characters of their text; the one not used for longest goes first. */
export type Recent = { get(digest: Digest): Json | undefined; has(digest: Digest): boolean; keep(value: Kept): void };
type Kept = { digest: Digest; value: Json; size: number };

export function recentValues(limit: number): Recent {
  const kept = new Map<Digest, Kept>(); // a Map lists its keys in the order in which they were set
  let total = 0;

  return {
    has: (digest) => kept.has(digest),
    get(digest) {
      const found = kept.get(digest);
      if (!found) return undefined;
      kept.delete(digest);
      kept.set(digest, found);
      return found.value;
    },
    keep(entry) {
      if (entry.size > limit / 2 || kept.has(entry.digest)) return; // one large value must not push out all the others
      kept.set(entry.digest, entry);
      total += entry.size + BESIDE;
      for (const [digest, { size }] of kept) {
        if (total <= limit) return;
        kept.delete(digest);
        total -= size + BESIDE;
      }
    },
  };
}
