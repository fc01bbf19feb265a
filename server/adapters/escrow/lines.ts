import type { Address } from "@solana/kit";
import type { AccountId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { ChainPort } from "@/flows/ports/chain";
import type { EscrowLine, OfferError, OpenAsk } from "@/flows/ports/escrows";
import { associatedAddress } from "@/programs/clients/escrow-addresses";
import type { DeskOptions } from "./settings";
import { tokensIn } from "./token-account";

/**
 * The table of payees: each at the token account of their wallet, our own agents at the house's. Who is paid at the same
 * account shares a line, whose cap is what they get together and never more than the escrow's.
 */
export async function linesOf(
  { chain, settings, payoutWalletOf }: Omit<DeskOptions, "pool">,
  ask: OpenAsk,
): Promise<Result<readonly EscrowLine[], OfferError>> {
  const lines = new Map<string, EscrowLine>();
  for (const { payee, cap, publisher } of ask.payees) {
    const wallet = publisher === "house" ? settings.houseWallet : await payoutWalletOf(payee);
    if (!wallet) return err({ code: "payee_wallet_missing", payee });
    const account = await associatedAddress(wallet as Address, settings.mint as Address);
    const before = lines.get(account) ?? { account, wallet, cap: UsdcBase.parse(0n), payees: [] };
    const fault = before.payees.length === 0 ? await faultOf(chain, { account, payee, wallet }) : null;
    if (fault) return err(fault);
    const together = before.cap + cap;
    const most = together > ask.cap ? ask.cap : UsdcBase.parse(together);
    lines.set(account, { ...before, cap: most, payees: [...before.payees, payee] });
  }
  return ok([...lines.values()]);
}

type Asked = { account: string; payee: AccountId; wallet: string };

async function faultOf(chain: ChainPort, { account, payee, wallet }: Asked): Promise<OfferError | null> {
  const found = await tokensIn(chain, account);
  if (!found.ok) return { code: "chain_unreachable" };
  return found.value === null ? { code: "payee_account_missing", payee, wallet } : null;
}
