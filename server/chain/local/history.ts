import type { Address } from "@solana/kit";
import type { Landed, Place } from "./journal";
import type { Failure } from "./refusals";

/** What is held in memory of a transaction; the rest stays in the journal. */
export type Known = {
  readonly signature: string;
  readonly slot: number;
  readonly time: number;
  readonly failure: Failure | null;
  readonly place: Place;
  readonly keys: readonly Address[];
  /** On the disk, so that not even the machine's end undoes it. */
  durable: boolean;
};

const SLACK = 1_000; // so that forgetting is rare and each time worth it

export type History = ReturnType<typeof history>;

/**
 * The transactions that landed, found by signature, by account and by slot.
 * Of those that touch none of `kept`, only the newest `most` are remembered.
 */
export function history(kept: ReadonlySet<Address>, most: number) {
  let all: Known[] = [];
  let passing = 0;
  const bySignature = new Map<string, Known>();
  const byAddress = new Map<Address, Known[]>();
  const bySlot = new Map<number, Known[]>();
  let counted = 0;

  const stays = ({ keys }: Known) => keys.some((key) => kept.has(key));
  const put = (known: Known) => {
    bySignature.set(known.signature, known);
    for (const key of new Set(known.keys)) listIn(byAddress, key).push(known);
    listIn(bySlot, known.slot).push(known);
  };
  const forget = () => {
    let over = passing - most;
    all = all.filter((known) => stays(known) || over-- <= 0);
    passing = most;
    for (const index of [bySignature, byAddress, bySlot]) index.clear();
    for (const known of all) put(known);
  };
  return {
    add(landed: Landed, place: Place, durable: boolean): Known {
      const { signature, slot, time, failure, keys } = landed;
      const known = { signature, slot, time, failure, place, keys, durable };
      all.push(known);
      counted += 1;
      put(known);
      if (!stays(known)) passing += 1;
      if (passing > most + SLACK) forget();
      return known;
    },
    /** How many landed, also those that are forgotten. */
    count: () => counted,
    all: (): readonly Known[] => all,
    find: (signature: string): Known | undefined => bySignature.get(signature),
    /** Oldest first. */
    of: (address: Address): readonly Known[] => byAddress.get(address) ?? [],
    in: (slot: number): readonly Known[] => bySlot.get(slot) ?? [],
  };
}

function listIn<Key>(index: Map<Key, Known[]>, key: Key): Known[] {
  const list = index.get(key) ?? [];
  index.set(key, list);
  return list;
}
