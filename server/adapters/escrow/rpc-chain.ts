import {
  type Address,
  type Base64EncodedWireTransaction,
  createSolanaRpc,
  type Signature,
  type TransactionMessageBytesBase64,
} from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainAccount, ChainPort, ChainUnknown, RehearsalError, Sighting } from "@/flows/ports/chain";
import { refusalIn } from "@/programs/clients/refusal-in";
import { type Seen, sightingOf } from "./sighting";

export type Commitment = "confirmed" | "finalized";
export type RpcOptions = { urls: readonly string[]; commitment: Commitment; timeoutMs?: number };

type Rpc = ReturnType<typeof createSolanaRpc>;

/**
 * A chain behind one or more servers. A question goes to the first that answers; what became of a signature is asked of
 * all of them, because one that lags or lies must not make it be signed again. Errors: what nobody answered is unknown.
 */
export function rpcChain({ urls, commitment, timeoutMs = 10_000 }: RpcOptions): ChainPort {
  const rpcs = urls.map((url) => createSolanaRpc(url));
  const within = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });
  let first = 0;

  /** Begins with the one that answered last, so that a server that is down is not waited for each time. */
  async function anybody<T>(ask: (rpc: Rpc) => Promise<T>): Promise<Result<T, ChainUnknown>> {
    let reason = "No server of the chain is known.";
    for (let tried = 0; tried < rpcs.length; tried++) {
      const place = (first + tried) % rpcs.length;
      const rpc = rpcs[place];
      if (!rpc) continue;
      try {
        const value = await ask(rpc);
        first = place;
        return ok(value);
      } catch (problem) {
        reason = problem instanceof Error ? problem.message : String(problem);
      }
    }
    return err({ code: "outcome_unknown", reason });
  }

  /** The height is asked for before the signature: history that is that far and does not have it never will. [S2] */
  async function seenBy(rpc: Rpc, signature: string): Promise<Seen> {
    const { absoluteSlot, blockHeight } = await rpc.getEpochInfo({ commitment: "finalized" }).send(within());
    const asked = rpc.getSignatureStatuses([signature as Signature], { searchTransactionHistory: true });
    const [status] = (await asked.send(within())).value;
    const at = { finalizedSlot: absoluteSlot, finalizedHeight: blockHeight };
    if (!status) return { ...at, landed: null };
    const { slot, confirmationStatus, err: failure } = status;
    const failed = failure === null ? null : worded(failure);
    return { ...at, landed: { slot, failed, at: confirmationStatus ?? "processed" } };
  }

  return {
    async lifetime() {
      const found = await anybody((rpc) => rpc.getLatestBlockhash({ commitment }).send(within()));
      if (!found.ok) return found;
      const { blockhash, lastValidBlockHeight } = found.value.value;
      return ok({ blockhash, lastValidBlockHeight });
    },

    async rehearse(transaction) {
      const wire = transaction as Base64EncodedWireTransaction;
      const config = { encoding: "base64", sigVerify: false, replaceRecentBlockhash: false, commitment } as const;
      const found = await anybody((rpc) => rpc.simulateTransaction(wire, config).send(within()));
      if (!found.ok) return found;
      const { err: failure, logs, unitsConsumed } = found.value.value;
      const log = logs ?? [];
      if (failure === null) return ok({ computeUnits: Number(unitsConsumed ?? 0n), log });
      return err({ code: "transaction_refused", reason: refusalIn(log) ?? worded(failure) } satisfies RehearsalError);
    },

    async send(transaction) {
      const wire = transaction as Base64EncodedWireTransaction;
      const config = { encoding: "base64", skipPreflight: true, maxRetries: 0n } as const;
      const sent = await anybody((rpc) => rpc.sendTransaction(wire, config).send(within()));
      return sent.ok ? ok(null) : sent;
    },

    async look(signature): Promise<Result<Sighting, ChainUnknown>> {
      const answers = await Promise.allSettled(rpcs.map((rpc) => seenBy(rpc, signature)));
      return sightingOf(
        answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : [])),
        commitment,
      );
    },

    async account(address) {
      const config = { encoding: "base64", commitment } as const;
      const found = await anybody((rpc) => rpc.getAccountInfo(address as Address, config).send(within()));
      if (!found.ok) return found;
      return ok(readAccount(found.value.value));
    },

    async accounts(addresses) {
      const config = { encoding: "base64", commitment } as const;
      const asked = addresses.map((address) => address as Address);
      const found = await anybody((rpc) => rpc.getMultipleAccounts(asked, config).send(within()));
      if (!found.ok) return found;
      const { context, value } = found.value;
      return ok({ slot: context.slot, accounts: value.map(readAccount) });
    },

    rentOf: (bytes) => anybody((rpc) => rpc.getMinimumBalanceForRentExemption(BigInt(bytes)).send(within())),

    async feeOf(message) {
      const bytes = message as TransactionMessageBytesBase64;
      const found = await anybody((rpc) => rpc.getFeeForMessage(bytes, { commitment }).send(within()));
      if (!found.ok) return found;
      const { value } = found.value;
      return value === null
        ? err({ code: "outcome_unknown", reason: "The chain names no fee for this message." })
        : ok(value);
    },

    /** What a quarter of those paid more than, who wrote to these accounts lately. */
    async priority(writable) {
      const found = await anybody((rpc) =>
        rpc.getRecentPrioritizationFees(writable.map((each) => each as Address)).send(within()),
      );
      if (!found.ok) return found;
      const paid = found.value
        .map(({ prioritizationFee }) => BigInt(prioritizationFee))
        .sort((a, b) => (a < b ? -1 : 1));
      return ok(paid[Math.floor(paid.length * 0.75)] ?? 0n);
    },
  };
}

function worded(failure: unknown): string {
  return typeof failure === "string"
    ? failure
    : JSON.stringify(failure, (_, value) => (typeof value === "bigint" ? Number(value) : value));
}

type Told = { owner: string; lamports: bigint; data: readonly [string, string] };

function readAccount(told: Told | null): ChainAccount | null {
  if (!told) return null;
  const { owner, lamports, data } = told;
  return { owner, lamports, data: Uint8Array.from(Buffer.from(data[0], "base64")) };
}
