"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { AskedQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { signApproval } from "@/components/panels/wallets/sign-approval";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";
import { offerKeptTestWallet } from "@/components/panels/wallets/test-wallet";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import type { Edit } from "@/flows/run/edits";

export type SignedYes = { kind: "wallet" } & Awaited<ReturnType<typeof signApproval>>;

type WalletYesProps = {
  question: AskedQuestion;
  edits: readonly Edit[];
  /** Sends what the wallet signed. Throws what the studio says to it. */
  answer(signed: SignedYes): Promise<unknown>;
  onClose(): void;
};

const LOCAL_CHAIN = "solana:localnet";

/** Has the linked wallet sign a yes. What it signs says what is on this screen, word for word, or it is not asked. */
export function WalletYes({ question, edits, answer, onClose }: WalletYesProps) {
  const trpc = useTRPC();
  const { id: me } = useAccount();
  const words = useMutation(trpc.approvals.wordsToSign.mutationOptions());
  const { data } = useQuery(trpc.wallets.mine.queryOptions());
  const localChain = data?.site.chainId === LOCAL_CHAIN;
  useEffect(() => {
    if (localChain) offerKeptTestWallet();
  }, [localChain]);

  async function act(wallet: SolanaWallet) {
    const { operation, subject } = question;
    const asked = await words.mutateAsync({ operation, subject, edits: [...edits] });
    const { wordsFor } = await import("@/components/panels/approvals/subject-of");
    const signed = await signApproval(wallet, {
      ...asked,
      words: wordsFor(question, { ...asked, edits, account: me }),
    });
    await answer({ kind: "wallet", ...signed });
    onClose();
  }

  return (
    <WalletDialog
      title="Sign your yes"
      text="Your linked wallet shows the question, the amount and the digest of this card. Signing them is your yes, and pays nothing by itself."
      localChain={localChain}
      act={act}
      onClose={onClose}
    />
  );
}
