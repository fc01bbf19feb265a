"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Wallet as WalletIcon } from "lucide-react";
import { useState } from "react";
import type { PublisherClaim } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { signText } from "@/components/panels/wallets/sign-words";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

type ByWalletProps = { claim: PublisherClaim; onProved(claim: PublisherClaim): void };

/** Proves a name by a wallet of this browser, or by a signature that was made elsewhere. */
export function ByWallet({ claim, onProved }: ByWalletProps) {
  const trpc = useTRPC();
  const { data: mine } = useQuery(trpc.wallets.mine.queryOptions());
  const [choosing, setChoosing] = useState(false);
  const prove = useMutation(trpc.publishing.proveByWallet.mutationOptions());

  async function act(wallet: SolanaWallet) {
    const { address, signature } = await signText(wallet, claim.challenge);
    onProved(await prove.mutateAsync({ name: claim.name, wallet: address, signature }));
  }

  return (
    <section aria-label="By your wallet" className="flex flex-col gap-2 border-t pt-4">
      <h3 className="text-body">By your wallet</h3>
      <p className="text-muted">It signs exactly these words. They pay nothing.</p>
      <CodeBlock label="Words to sign" text={claim.challenge} />
      <div>
        <Button icon={<WalletIcon aria-hidden />} onClick={() => setChoosing(true)}>
          Sign with a wallet
        </Button>
      </div>
      <details>
        <summary className="cursor-pointer text-muted">The wallet is not in this browser</summary>
        <Pasted claim={claim} onProved={onProved} />
      </details>
      {choosing && (
        <WalletDialog
          title={`Prove ${claim.name}`}
          text="The wallet signs the words that are shown, which name you and this publisher."
          localChain={mine?.site.chainId === "solana:localnet"}
          act={act}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}

function Pasted({ claim, onProved }: ByWalletProps) {
  const trpc = useTRPC();
  const [wallet, setWallet] = useState("");
  const [signature, setSignature] = useState("");
  const prove = useMutation(trpc.publishing.proveByWallet.mutationOptions({ onSuccess: onProved }));
  return (
    <div className="flex flex-col gap-2 pt-2">
      <p className="text-muted">Sign the words with any Ed25519 wallet, as those of Solana, and paste what it gives.</p>
      <Field label="Wallet address">
        <TextInput
          face="mono"
          maxLength={64}
          value={wallet}
          onChange={(event) => setWallet(event.target.value.trim())}
        />
      </Field>
      <Field label="Signature" help="In base58.">
        <TextInput
          face="mono"
          maxLength={128}
          value={signature}
          onChange={(event) => setSignature(event.target.value.trim())}
        />
      </Field>
      <div>
        <Button
          busy={prove.isPending}
          disabled={!wallet || !signature}
          onClick={() => prove.mutate({ name: claim.name, wallet, signature })}
        >
          Check the signature
        </Button>
      </div>
      <ApiFault fault={prove.error} />
    </div>
  );
}
