import type { EscrowSettings } from "./adapters/escrow/settings";
import type { Env } from "./env";

/** What the operator has said of the chain; null when a part of it is missing: then no run is offered on escrow. */
export function escrowSettings(env: Env): EscrowSettings | null {
  const { SOLANA_RPC_URL: urls, ESCROW_PROGRAM: program, USDC_MINT: mint, ESCROW_ARBITER: arbiter } = env;
  const { HOUSE_WALLET: houseWallet, ESCROW_HOUSE: feeWallet = houseWallet } = env;
  if (urls.length === 0 || !program || !mint || !houseWallet || !feeWallet || !arbiter) return null;
  return {
    ...{ urls, program, mint, houseWallet, feeWallet, arbiter },
    commitment: env.SOLANA_COMMITMENT,
    feeBps: env.ESCROW_FEE_BPS,
    windowSeconds: env.ESCROW_WINDOW,
    version: env.SOLANA_TRANSACTION_VERSION,
    priorityCeiling: BigInt(env.SOLANA_PRIORITY_CEILING),
    sponsorDailyLamports: BigInt(env.SPONSOR_DAILY),
    sponsorShareLamports: BigInt(env.SPONSOR_SHARE),
  };
}
