import { base58 } from "@/flows/basics/base58";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { accountOf, asking } from "./sign-words";
import { has, type SolanaWallet } from "./standard-wallets";
import { WalletRefusal } from "./wallet-fault";

type ApprovalWords = { nonce: string; address: string; message: string; words: string };
export type SignedApproval = { nonce: string; address: WalletAddress; message: string; signature: string };

/**
 * Has the linked wallet sign a yes, to a question or to a change of the account. `words` are worked out from what is on the
 * screen: others never reach the wallet. Errors: throws a WalletRefusal.
 */
export async function signApproval(
  wallet: SolanaWallet,
  { nonce, address, message, words }: ApprovalWords,
): Promise<SignedApproval> {
  if (message !== words) throw new WalletRefusal({ code: "words_other" });
  const at =
    message
      .split("\n")
      .find((line) => line.startsWith("URI: "))
      ?.slice(5) ?? "";
  if (at !== window.location.origin) throw new WalletRefusal({ code: "wallet_elsewhere", at });
  if (!has(wallet, "solana:signMessage"))
    throw new WalletRefusal({ code: "wallet_unable", wallet: wallet.name, wanted: "sign messages" });
  const account = await accountOf(wallet, address);
  const signed = await asking(wallet, async () => {
    const [out] = await wallet.features["solana:signMessage"].signMessage({
      account,
      message: new TextEncoder().encode(message),
    });
    return out;
  });
  if (!signed) throw new WalletRefusal({ code: "wallet_failed", wallet: wallet.name, problem: "it signed nothing" });
  return {
    ...{ nonce, address: WalletAddress.parse(account.address) },
    message: new TextDecoder().decode(signed.signedMessage),
    signature: base58(signed.signature),
  };
}
