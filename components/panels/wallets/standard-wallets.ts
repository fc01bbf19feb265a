import type {
  SolanaSignInFeature,
  SolanaSignMessageFeature,
  SolanaSignTransactionFeature,
} from "@solana/wallet-standard-features";
import { getWallets } from "@wallet-standard/app";
import type { Wallet, WalletWithFeatures } from "@wallet-standard/base";
import type {
  StandardConnectFeature,
  StandardDisconnectFeature,
  StandardEventsFeature,
} from "@wallet-standard/features";

/** What the studio asks of wallets; each wallet says which of them it has. */
type Features = StandardConnectFeature &
  StandardDisconnectFeature &
  StandardEventsFeature &
  SolanaSignInFeature &
  SolanaSignMessageFeature &
  SolanaSignTransactionFeature;

/** A wallet of this browser that can be connected and knows Solana. */
export type SolanaWallet = WalletWithFeatures<StandardConnectFeature>;

export function has<Name extends keyof Features>(
  wallet: Wallet,
  name: Name,
): wallet is WalletWithFeatures<Pick<Features, Name>> & SolanaWallet {
  return name in wallet.features;
}

let known: readonly SolanaWallet[] = [];

/** The wallets that announced themselves so far. The same list for as long as nothing changes. */
export function solanaWallets(): readonly SolanaWallet[] {
  const now = getWallets().get().filter(isSolana);
  if (now.length !== known.length || now.some((wallet, place) => wallet !== known[place])) known = now;
  return known;
}

/** Calls back whenever a wallet comes or goes. */
export function onWallets(changed: () => void): () => void {
  const { on } = getWallets();
  const offs = [on("register", changed), on("unregister", changed)];
  return () => {
    for (const off of offs) off();
  };
}

function isSolana(wallet: Wallet): wallet is SolanaWallet {
  return has(wallet, "standard:connect") && wallet.chains.some((chain) => chain.startsWith("solana:"));
}
