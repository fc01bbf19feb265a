"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { PasskeyRefusal, passkeysElsewhere, signWithPasskey } from "@/components/panels/settings/passkey-ceremony";
import { signApproval } from "@/components/panels/wallets/sign-approval";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";
import type { MeansChange } from "@/flows/plan/means-change";
import type { WalletAddress } from "@/flows/receipts/sign-in-message";

type Change = Exclude<MeansChange, { do: "link" }> | { do: "link"; address: WalletAddress };
type Means = { wallet: SolanaWallet | null; hasPasskeys: boolean };

/** Both come when somebody first confirms a change: few do. */
const parts = async () => ({
  ...(await import("@/flows/plan/means-change")),
  ...(await import("@/components/panels/wallets/signed-about")),
});

/**
 * Has what an account signs with already confirm that this changes; nothing where nothing counts yet. What it signs is worked
 * out here, from the change itself, or it is not asked.
 */
export function useConfirmed() {
  const trpc = useTRPC();
  const { id: account } = useAccount();
  const origin = useQuery(trpc.passkeys.mine.queryOptions()).data?.origin ?? null;
  const words = useMutation(trpc.passkeys.wordsToConfirm.mutationOptions());
  const options = useMutation(trpc.passkeys.optionsToConfirm.mutationOptions());

  async function byPasskey(change: Change) {
    const elsewhere = passkeysElsewhere(origin);
    if (elsewhere) throw new PasskeyRefusal({ code: "passkey_elsewhere", at: elsewhere });
    const { challengeAbout, confirmationOf } = await parts();
    const { nonce, options: asked } = await options.mutateAsync({ change });
    const bound = { account, nonce, origin: window.location.origin };
    const response = await signWithPasskey(asked, challengeAbout(confirmationOf(change), bound));
    return { kind: "passkey" as const, nonce, response };
  }
  async function byWallet(change: Change, wallet: SolanaWallet) {
    const { confirmationOf, wordsAbout } = await parts();
    const asked = await words.mutateAsync({ change });
    const own = wordsAbout(confirmationOf(change), { ...asked, account });
    return { kind: "wallet" as const, ...(await signApproval(wallet, { ...asked, words: own })) };
  }
  return {
    async by(change: Change, { wallet, hasPasskeys }: Means) {
      if (wallet) return { signed: await byWallet(change, wallet) };
      return hasPasskeys ? { signed: await byPasskey(change) } : {};
    },
  };
}
