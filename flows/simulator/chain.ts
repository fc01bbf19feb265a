import { err, ok } from "../basics/result";
import type { ChainPort, ChainUnknown, Lifetime, Sighting } from "../ports/chain";

/** How many blocks a signature can land for, as on the chains that this stands for. Units: blocks. */
export const LIFETIME_BLOCKS = 150n;

type Landed = { slot: bigint; transaction: string };
type Fault = "drop" | "cut_after_landing" | "cut_before";

export type SimulatedChain = ChainPort & {
  height(): bigint;
  /** Lets blocks pass; what is `lag` blocks old is final. */
  pass(blocks: number): void;
  /** What becomes of the next transaction that is sent: nobody gets it, or the answer gets lost. */
  nextSend(fault: Fault): void;
  /** How many of the next questions nobody answers. */
  unreachable(questions: number): void;
  /** A transaction that was handed in lands now, if it still can: as one does that lay about in the network. */
  landLate(transaction: string): void;
  landed(): readonly string[];
};

/** A transaction here is `<signature> <blockhash>`. */
const read = (transaction: string) => {
  const [signature = "", blockhash = ""] = transaction.split(" ");
  return { signature, blockhash };
};

/** A chain held in memory. Every transaction lands in the block after it was sent, unless a fault says otherwise. */
export function simulateChain({ lag = 32 }: { lag?: number } = {}): SimulatedChain {
  let height = 1_000n;
  let silent = 0;
  const faults: Fault[] = [];
  const landed = new Map<string, Landed>();

  const lost: ChainUnknown = { code: "outcome_unknown", reason: "Nobody answered." };
  const isSilent = () => silent > 0 && silent-- > 0;
  const lastValid = (blockhash: string) => BigInt(blockhash) + LIFETIME_BLOCKS;

  function land(transaction: string): void {
    const { signature, blockhash } = read(transaction);
    if (height <= lastValid(blockhash) && !landed.has(signature)) landed.set(signature, { slot: height, transaction });
  }

  function sightingOf(signature: string): Sighting {
    const found = landed.get(signature);
    const finalizedHeight = height - BigInt(lag);
    if (!found) return { seen: "nothing", finalizedHeight };
    return { seen: "landed", slot: found.slot, failed: null, final: found.slot <= finalizedHeight };
  }

  return {
    height: () => height,
    pass(blocks) {
      height += BigInt(blocks);
    },
    nextSend: (fault) => void faults.push(fault),
    unreachable(questions) {
      silent = questions;
    },
    landLate: land,
    landed: () => [...landed.values()].map(({ transaction }) => transaction),
    async lifetime() {
      const lifetime: Lifetime = { blockhash: String(height), lastValidBlockHeight: height + LIFETIME_BLOCKS };
      return isSilent() ? err(lost) : ok(lifetime);
    },
    async rehearse(transaction) {
      if (isSilent()) return err(lost);
      const over = height > lastValid(read(transaction).blockhash);
      return over
        ? err({ code: "transaction_refused", reason: "Blockhash not found" })
        : ok({ computeUnits: 1, log: [] });
    },
    async send(transaction) {
      if (isSilent()) return err(lost);
      const fault = faults.shift();
      if (fault === "cut_before") return err(lost);
      if (fault !== "drop") land(transaction);
      return fault === "cut_after_landing" ? err(lost) : ok(null);
    },
    look: async (signature) => (isSilent() ? err(lost) : ok(sightingOf(signature))),
    account: async () => (isSilent() ? err(lost) : ok(null)),
    accounts: async (asked) => (isSilent() ? err(lost) : ok({ slot: height, accounts: asked.map(() => null) })),
    rentOf: async (bytes) => (isSilent() ? err(lost) : ok(BigInt(128 + bytes) * 6_960n)),
    feeOf: async () => (isSilent() ? err(lost) : ok(5_000n)),
    priority: async () => (isSilent() ? err(lost) : ok(0n)),
  };
}
