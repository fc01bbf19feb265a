import type { EscrowSettings } from "./adapters/escrow/settings";
import type { Env } from "./env";

/** What the operator has said of the chain; null when a part of it is missing: then no run is offered on escrow. */
export function escrowSettings(env: Env): EscrowSettings | null {
  const { SOLANA_RPC_URL: urls, ESCROW_PROGRAM: program, USDC_MINT: mint } = env;
  const { HOUSE_WALLET: houseWallet, ESCROW_ARBITER: arbiter } = env;
  if (urls.length === 0 || !program || !mint || !houseWallet || !arbiter) return null;
  return {
    ...{ urls, program, mint, houseWallet, arbiter },
    commitment: env.SOLANA_COMMITMENT,
    feeBps: env.SOLANA_FEE_BPS,
    windowSeconds: env.SOLANA_DISPUTE_WINDOW,
    version: env.SOLANA_TRANSACTION_VERSION,
    priorityCeiling: BigInt(env.SOLANA_PRIORITY_CEILING),
    sponsorDailyLamports: BigInt(env.SOLANA_SPONSOR_DAILY),
  };
}
