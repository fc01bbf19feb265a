import { type Address, createSolanaRpc, type Signature } from "@solana/kit";
import { type EscrowEvent, eventsOf } from "@/programs/clients/escrow-events";

/** A transaction of a program, as finalized history has it: what the program said in it, in order. */
export type Told = { signature: string; slot: bigint; atSeconds: number; events: readonly EscrowEvent[] };

/** The finalized history of a program. Errors: throws when no server answers; whoever reads goes on later. */
export type History = {
  /** Newest first, those before one and after another, as many as the server gives at once. */
  signatures(page: {
    before: string | null;
    until: string | null;
  }): Promise<readonly { signature: string; slot: bigint; failed: boolean }[]>;
  told(signature: string): Promise<Told | null>;
};

const MOST = 1_000;

export function rpcHistory({
  urls,
  program,
  timeoutMs = 10_000,
}: {
  urls: readonly string[];
  program: string;
  timeoutMs?: number;
}): History {
  const rpcs = urls.map((url) => createSolanaRpc(url));
  const within = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });

  async function anybody<T>(ask: (rpc: (typeof rpcs)[number]) => Promise<T>): Promise<T> {
    let lost: unknown = new Error("No server of the chain is known.");
    for (const rpc of rpcs) {
      try {
        return await ask(rpc);
      } catch (problem) {
        lost = problem;
      }
    }
    throw lost;
  }

  return {
    async signatures({ before, until }) {
      const page = {
        commitment: "finalized" as const,
        limit: MOST,
        ...(before === null ? {} : { before: before as Signature }),
        ...(until === null ? {} : { until: until as Signature }),
      };
      const found = await anybody((rpc) => rpc.getSignaturesForAddress(program as Address, page).send(within()));
      return found.map(({ signature, slot, err }) => ({ signature, slot, failed: err !== null }));
    },

    async told(signature) {
      const config = { commitment: "finalized", encoding: "json", maxSupportedTransactionVersion: 1 } as const;
      const found = await anybody((rpc) => rpc.getTransaction(signature as Signature, config).send(within()));
      if (!found?.meta) return null;
      const log = found.meta.logMessages ?? [];
      const events = found.meta.err === null ? eventsOf(log, program as Address) : [];
      return { signature, slot: found.slot, atSeconds: Number(found.blockTime ?? 0n), events };
    },
  };
}
