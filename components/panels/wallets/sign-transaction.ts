import { accountOf, asking } from "./sign-words";
import { has, type SolanaWallet } from "./standard-wallets";
import { WalletRefusal } from "./wallet-fault";

const CHAINS = ["localnet", "devnet", "testnet", "mainnet"] as const;

/**
 * Has the account that pays sign a transaction (base64), and gives it back signed. Whether it is still the same one is held
 * against what was offered by the server. Errors: throws a WalletRefusal.
 */
export async function signTransaction(
  wallet: SolanaWallet,
  { transaction, payer, chainId }: { transaction: string; payer: string; chainId: string },
): Promise<string> {
  const chain = CHAINS.map((name) => `solana:${name}` as const).find((name) => name === chainId);
  if (!chain || !has(wallet, "solana:signTransaction"))
    throw new WalletRefusal({ code: "wallet_unable", wallet: wallet.name, wanted: "sign transactions" });
  const account = await accountOf(wallet, payer);
  const bytes = Uint8Array.from(atob(transaction), (letter) => letter.charCodeAt(0));
  const signed = await asking(wallet, async () => {
    const [out] = await wallet.features["solana:signTransaction"].signTransaction({
      account,
      transaction: bytes,
      chain,
    });
    return out;
  });
  if (!signed) throw new WalletRefusal({ code: "wallet_failed", wallet: wallet.name, problem: "it signed nothing" });
  return btoa(String.fromCharCode(...signed.signedTransaction));
}
