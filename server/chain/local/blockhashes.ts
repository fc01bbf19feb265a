import { createHash } from "node:crypto";
import { getBase58Decoder } from "@solana/kit";

/** How many slots a blockhash can be used for, as on Solana's clusters. */
export const WINDOW = 150;

const base58 = getBase58Decoder();

export type Blockhashes = ReturnType<typeof blockhashes>;

/**
 * The blockhash of every slot follows from the chain's name and the slot's number, so that none has to be kept and a
 * restart changes none. Only the last 150 slots are held, to say which slot a hash is of.
 */
export function blockhashes(chainName: string) {
  const recent = new Map<string, number>();
  let known = -1;

  const of = (slot: number) => base58.decode(createHash("sha256").update(`${chainName} ${slot}`).digest());
  const reach = (slot: number) => {
    for (let next = Math.max(known + 1, slot - WINDOW); next <= slot; next += 1) recent.set(of(next), next);
    known = Math.max(known, slot);
    for (const [hash, from] of recent) {
      if (from >= known - WINDOW) break; // in the order in which they came
      recent.delete(hash);
    }
  };
  return {
    of,
    /** The slot whose hash it is, if a transaction that names it may still land in `slot`. */
    slotOf(hash: string, slot: number): number | undefined {
      reach(slot);
      return recent.get(hash);
    },
  };
}
