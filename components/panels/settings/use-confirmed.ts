"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { signWithPasskey } from "@/components/panels/settings/passkey-ceremony";
import { signConfirmation } from "@/components/panels/wallets/sign-approval";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";

type Change = { do: "add" } | { do: "remove"; id: string } | { do: "link" };
type Means = { wallet: SolanaWallet | null; hasPasskeys: boolean };

/** Has what an account signs with already confirm that this changes; nothing where there is nothing yet. */
export function useConfirmed() {
  const trpc = useTRPC();
  const words = useMutation(trpc.passkeys.wordsToConfirm.mutationOptions());
  const options = useMutation(trpc.passkeys.optionsToConfirm.mutationOptions());

  async function byPasskey(change: Change) {
    const asked = await options.mutateAsync({ change });
    return { kind: "passkey" as const, nonce: asked.nonce, response: await signWithPasskey(asked.options) };
  }
  async function byWallet(change: Change, wallet: SolanaWallet) {
    return { kind: "wallet" as const, ...(await signConfirmation(wallet, await words.mutateAsync({ change }))) };
  }
  return {
    async by(change: Change, { wallet, hasPasskeys }: Means) {
      if (wallet) return { signed: await byWallet(change, wallet) };
      return hasPasskeys ? { signed: await byPasskey(change) } : {};
    },
  };
}
