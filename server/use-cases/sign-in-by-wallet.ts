import { ok, type Result } from "@/flows/basics/result";
import type { Account } from "../repos/accounts-repo";
import type { Services } from "../services";
import { heardWallet, type WalletAnswer, type WalletAnswerError } from "./ask-wallet";
import { openAccount } from "./open-account";

type Needs = Pick<Services, "accounts" | "flows" | "ids" | "site" | "wallet" | "wallets">;

/**
 * The account that a wallet opens; a wallet that opens none gets one of its own. Both look alike from outside, and both take
 * the signature first: nobody learns which wallets have accounts.
 */
export async function signInByWallet(
  services: Needs,
  answer: WalletAnswer,
): Promise<Result<Account, WalletAnswerError>> {
  const heard = await heardWallet(services, answer, { purpose: "sign_in", account: null });
  if (!heard.ok) return heard;
  const known = await services.wallets.accountOf(answer.address);
  if (known) return ok(known);
  const fresh = await openAccount(services, { name: `${answer.address.slice(0, 4)}..${answer.address.slice(-4)}` });
  // Linked last: whoever is cut off before comes to a whole account the next time, and of two at once one is the wallet's.
  await services.wallets.link(fresh.id, { address: answer.address, waitsHours: 0 }); // it is what the account began with
  return ok((await services.wallets.accountOf(answer.address)) ?? fresh);
}
