import type { ShownEscrow } from "@/flows/ports/explorer";
import type { EscrowAccount } from "@/programs/clients/escrow-account";

const USDC_DECIMALS = 6;
const at = (seconds: bigint) => Number(seconds) * 1_000;

/** An escrow's account as people read it. The program takes USDC alone, which has six decimals everywhere. */
export function shownEscrow(escrow: EscrowAccount, symbols: ReadonlyMap<string, string>): ShownEscrow {
  const { state, cap, earned, feeBps, windowSeconds, payer, refund, settler, arbiter, vault, mint } = escrow;
  return {
    ...{ state, cap, earned, feeBps, windowSeconds, payer, refund, settler, arbiter, vault },
    openedAt: at(escrow.openedAt),
    settleBy: at(escrow.settleBy),
    expiry: at(escrow.expiry),
    planHash: Buffer.from(escrow.planHash).toString("hex"),
    token: { mint, symbol: symbols.get(mint) ?? null, decimals: USDC_DECIMALS },
    payees: escrow.payees.map(({ account, cap: most, earned: sofar, paid, disputed }) => ({
      ...{ account, cap: most, earned: sofar, paid, disputed },
    })),
  };
}
