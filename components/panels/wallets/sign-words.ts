import type { WalletAccount } from "@wallet-standard/base";
import { base58 } from "@/flows/basics/base58";
import { type SignInMessage, signInWords, WalletAddress } from "@/flows/receipts/sign-in-message";
import { has, type SolanaWallet } from "./standard-wallets";
import { faultOf, WalletRefusal } from "./wallet-fault";

export type SignedWords = { nonce: string; address: WalletAddress; message: string; signature: string };

type Signed = { account: WalletAccount; signedMessage: Uint8Array; signature: Uint8Array };

/**
 * Has a wallet sign words of the studio, with `wanted` or whichever account it likes. By Sign in with Solana, where the
 * wallet itself holds the domain against the page; else as a plain message. Errors: throws a WalletRefusal.
 */
export async function signWords(
  wallet: SolanaWallet,
  words: SignInMessage,
  wanted: string | null = null,
): Promise<SignedWords> {
  // Wallets refuse a domain that is not the page's: said before the person is asked anything.
  if (words.domain !== window.location.host) throw new WalletRefusal({ code: "wallet_elsewhere", at: words.uri });
  const signed = has(wallet, "solana:signIn")
    ? await asking(wallet, async () => {
        const [out] = await wallet.features["solana:signIn"].signIn({
          ...words,
          ...(wanted ? { address: wanted } : {}),
        });
        return out;
      })
    : await asMessage(wallet, words, wanted);
  if (!signed) throw new WalletRefusal({ code: "wallet_failed", wallet: wallet.name, problem: "it signed nothing" });
  return {
    nonce: words.nonce,
    address: WalletAddress.parse(base58(Uint8Array.from(signed.account.publicKey))),
    message: new TextDecoder().decode(signed.signedMessage),
    signature: base58(signed.signature),
  };
}

async function asMessage(wallet: SolanaWallet, words: SignInMessage, wanted: string | null): Promise<Signed> {
  if (!has(wallet, "solana:signMessage"))
    throw new WalletRefusal({ code: "wallet_unable", wallet: wallet.name, wanted: "sign messages" });
  const account = await accountOf(wallet, wanted);
  const message = new TextEncoder().encode(signInWords(words, account.address));
  const signed = await asking(wallet, async () => {
    const [out] = await wallet.features["solana:signMessage"].signMessage({ account, message });
    return out;
  });
  if (!signed) throw new WalletRefusal({ code: "wallet_failed", wallet: wallet.name, problem: "it signed nothing" });
  return { account, ...signed };
}

/** Any words, which are no sign-in: for proofs that others check, too. */
export async function signText(wallet: SolanaWallet, text: string): Promise<{ address: string; signature: string }> {
  if (!has(wallet, "solana:signMessage"))
    throw new WalletRefusal({ code: "wallet_unable", wallet: wallet.name, wanted: "sign messages" });
  const account = await accountOf(wallet, null);
  const message = new TextEncoder().encode(text);
  const signed = await asking(wallet, async () => {
    const [out] = await wallet.features["solana:signMessage"].signMessage({ account, message });
    return out;
  });
  return { address: account.address, signature: base58(signed?.signature ?? new Uint8Array()) };
}

/** Connects, and finds the account. Errors: throws a WalletRefusal where the wallet does not offer the one that is wanted. */
export async function accountOf(wallet: SolanaWallet, wanted: string | null): Promise<WalletAccount> {
  const { accounts } = await asking(wallet, () => wallet.features["standard:connect"].connect());
  const found = accounts.find(({ address }) => wanted === null || address === wanted);
  if (found) return found;
  throw new WalletRefusal(
    wanted === null
      ? { code: "wallet_failed", wallet: wallet.name, problem: "it offered no account" }
      : { code: "wallet_other_account", wallet: wallet.name, wanted },
  );
}

/** Lets go of a wallet, where it can be let go. */
export async function disconnect(wallet: SolanaWallet): Promise<void> {
  if (has(wallet, "standard:disconnect")) await wallet.features["standard:disconnect"].disconnect();
}

export async function asking<T>(wallet: SolanaWallet, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    throw new WalletRefusal(faultOf(thrown, wallet.name)); // whatever it throws is its answer to a person
  }
}
