import type { Address, Base64EncodedWireTransaction } from "@solana/kit";
import { err, ok } from "@/flows/basics/result";
import type { DryRunPort, Holding } from "@/flows/ports/dry-run";
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";
import { chainServers } from "../chain-servers";

const TIMEOUT_MS = 10_000;
const TOKEN_ACCOUNT_BYTES = 165;
const AMOUNT_AT = 64;
const NOTHING: Holding = { lamports: null, tokens: null };

/** As Solana's servers write an account, with its data in base64. */
type Written = { lamports: bigint; owner: string; data: readonly [string, "base64"] | unknown } | null;

/** Asks the servers of the chain, one after the other. Errors: when none answers, nothing is said of the transaction. */
export function rpcDryRun(urls: readonly string[]): DryRunPort {
  const rpc = chainServers(urls);
  const within = () => ({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
  return {
    async changes(transaction, addresses) {
      const wanted = addresses.map((address) => address as Address);
      const wire = transaction as Base64EncodedWireTransaction;
      const accounts = { addresses: wanted, encoding: "base64" } as const;
      const config = { encoding: "base64", sigVerify: false, replaceRecentBlockhash: false, accounts } as const;
      try {
        const before = await rpc.getMultipleAccounts(wanted, { encoding: "base64" }).send(within());
        const { value } = await rpc.simulateTransaction(wire, config).send(within());
        if (value.err !== null)
          return err({
            code: "transaction_refused",
            reason: value.logs?.findLast((line) => line) ?? "no reason given",
          });
        return ok(
          addresses.map((address, place) => ({
            address,
            before: holdingOf(before.value[place] ?? null),
            after: holdingOf(value.accounts[place] ?? null),
          })),
        );
      } catch (problem) {
        return err({ code: "outcome_unknown", reason: problem instanceof Error ? problem.message : String(problem) });
      }
    },
  };
}

function holdingOf(account: Written): Holding {
  if (!account || account.lamports === 0n) return NOTHING;
  const data = Array.isArray(account.data) ? Buffer.from(String(account.data[0]), "base64") : Buffer.alloc(0);
  const isToken = account.owner === TOKEN_PROGRAM || account.owner === TOKEN_2022_PROGRAM;
  const tokens = isToken && data.length >= TOKEN_ACCOUNT_BYTES ? data.readBigUInt64LE(AMOUNT_AT) : null;
  return { lamports: account.lamports, tokens };
}
