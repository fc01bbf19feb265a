import type { Result } from "../basics/result";
import type { RehearsalError } from "./chain";

/** What an account holds; null where there is none, or where it holds no token. Units: lamports; the token's smallest. */
export type Holding = { lamports: bigint | null; tokens: bigint | null };
export type AccountChange = { address: string; before: Holding; after: Holding };

/**
 * What a transaction would change, asked of the chain with the very bytes (base64) that are to be signed. It proves nothing
 * of later: others may act before it lands.
 */
export type DryRunPort = {
  changes(transaction: string, addresses: readonly string[]): Promise<Result<readonly AccountChange[], RehearsalError>>;
};
