"use client";

import { useEffect } from "react";
import { signInByWallet, wordsToSignIn } from "@/components/api/session";
import { signWords } from "./sign-words";
import type { SolanaWallet } from "./standard-wallets";
import { offerKeptTestWallet } from "./test-wallet";
import { WalletDialog } from "./wallet-dialog";

type SignInDialogProps = { localChain: boolean; onClose(): void };

/** Signs in by Sign in with Solana: a wallet that opens no account yet gets one. */
export function SignInDialog({ localChain, onClose }: SignInDialogProps) {
  useEffect(() => {
    if (localChain) offerKeptTestWallet();
  }, [localChain]);

  async function act(wallet: SolanaWallet) {
    await signInByWallet(await signWords(wallet, await wordsToSignIn()));
    window.location.assign("/flows");
  }

  return (
    <WalletDialog
      title="Sign in with a wallet"
      text="You sign a few words that name this studio. That pays nothing. A wallet that has no account here gets one, with 500 trial credits."
      localChain={localChain}
      act={act}
      onClose={onClose}
    />
  );
}
