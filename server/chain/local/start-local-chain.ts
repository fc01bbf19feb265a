import { join } from "node:path";
import type { Address } from "@solana/kit";
import { openChain } from "./chain";
import { plannedFaults } from "./faults";
import { bringAbout, ESCROW_PROGRAM, nameOf, REGISTRY_PROGRAM } from "./genesis";
import { type Keys, readKeys } from "./keys";
import { serve } from "./serve";

export type LocalChainOptions = {
  /** Where everything that is saved lies; made when missing. */
  readonly folder: string;
  /** Where the keys lie, one file each; in the folder itself by default. Missing ones are made. */
  readonly keys?: string;
  /** The folder of built programs, `programs/built` by default. */
  readonly programs?: string;
  /** 0, the default, takes any. The next port serves WebSockets too. */
  readonly port?: number;
  /** Lets `studio_faults` break calls. For tests only. */
  readonly faults?: boolean;
  readonly slotMs?: number;
  /** Slots until a block is final; 32 by default. */
  readonly finalizedAfter?: number;
  /** Milliseconds since 1970 at which a new chain's clock begins; now by default. */
  readonly startsAt?: number;
  /** How large the journal may be at a start before what is forgotten is left out; 64 MiB by default. */
  readonly mostBytes?: number;
  /** Told when the chain can no longer go on, as when the disk is full; by default the process ends with the error. */
  readonly fatal?: (problem: unknown) => void;
};

export type LocalChain = {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly escrowProgram: Address;
  readonly registryProgram: Address;
  readonly usdcMint: Address;
  readonly keys: Keys;
  readonly stop: () => Promise<void>;
};

/**
 * Starts a chain of our own: litesvm behind the JSON-RPC and WebSocket of Solana's servers, on this machine alone.
 * Errors: throws when the port is taken or the folder's journal is damaged.
 */
export async function startLocalChain(options: LocalChainOptions): Promise<LocalChain> {
  const keys = await readKeys(options.keys ?? join(options.folder, "keys"));
  const kept = new Set([ESCROW_PROGRAM, REGISTRY_PROGRAM, keys.usdcMint.address]);
  const chain = await openChain({ ...options, name: nameOf(keys), kept });
  try {
    const genesis = await bringAbout(chain, keys, options.programs ?? join(process.cwd(), "programs", "built"));
    const room = { chain, genesis, faults: options.faults ? plannedFaults() : undefined };
    const served = await serve(room, { port: options.port ?? 0, fatal: options.fatal ?? rethrow });
    return {
      rpcUrl: `http://127.0.0.1:${served.port}`,
      wsUrl: `ws://127.0.0.1:${served.wsPort}`,
      escrowProgram: genesis.escrowProgram,
      registryProgram: genesis.registryProgram,
      usdcMint: genesis.usdcMint,
      keys,
      async stop() {
        await served.stop();
        await chain.close();
      },
    };
  } catch (problem) {
    await chain.close();
    throw problem;
  }
}

function rethrow(problem: unknown): void {
  queueMicrotask(() => {
    throw problem;
  });
}
