"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Clock, Hourglass } from "lucide-react";
import { useState } from "react";
import type { EscrowOfRun, ExtendOffer } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { DidNotLand } from "@/components/panels/funding/did-not-land";
import { momentWords } from "@/components/panels/funding/offer-words";
import { timeLeftWords } from "@/components/panels/runs/time-left";
import { signTransaction } from "@/components/panels/wallets/sign-transaction";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import { Button } from "@/components/ui/button";
import type { RunId } from "@/flows/basics/ids";

type MoreTimeProps = { run: RunId; chainId: string; escrow: EscrowOfRun; nowMs: number };

/** The payer's way to give a run that waits for people more time before its escrow takes no earnings any more. */
export function MoreTime({ run, chainId, escrow: { terms, intents }, nowMs }: MoreTimeProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [offer, setOffer] = useState<ExtendOffer | null>(null);
  const [sent, setSent] = useState<ExtendOffer | null>(null);
  const extend = useMutation(trpc.escrows.extend.mutationOptions({ onSuccess: setOffer }));
  const submit = useMutation(trpc.escrows.submit.mutationOptions());
  const last = sent && intents.find(({ intent }) => intent === sent.intent);
  const over = last?.stands === "expired" || last?.stands === "refused" ? last.stands : null;
  const isAwaited = sent !== null && !over && terms.settleBy < sent.settleBy;
  const near = timeLeftWords(terms.settleBy, nowMs);

  async function sign(wallet: Parameters<typeof signTransaction>[0]) {
    if (!offer) return;
    const signed = await signTransaction(wallet, { ...offer, chainId });
    await submit.mutateAsync({ intent: offer.intent, signed });
    setSent(offer);
    setOffer(null);
    await queries.invalidateQueries(trpc.escrows.pathFilter());
  }

  return (
    <section aria-label="Time" className="flex flex-col gap-3 border-t pt-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p role="status" className="min-w-0 flex-1 basis-60 text-muted">
          {isAwaited ? (
            "More time was signed. It counts as soon as the chain can no longer undo it."
          ) : near ? (
            <span className="inline-flex items-start gap-2 text-warn">
              <Hourglass aria-hidden className="mt-0.5 shrink-0" /> {near}
            </span>
          ) : (
            "A run that waits for people may take longer than planned."
          )}
        </p>
        <Button
          icon={<Clock aria-hidden />}
          busy={extend.isPending || isAwaited}
          onClick={() => extend.mutate({ run })}
        >
          Give it a week more
        </Button>
      </div>
      <ApiFault fault={extend.error} />
      {last && over && (
        <DidNotLand
          why={over}
          reason={last.reason}
          safe="The run has the time that it had."
          next="Press again: the studio makes a new transaction to sign. It has to be signed within a minute."
        />
      )}
      {offer && (
        <WalletDialog
          title="Give the run a week more"
          text="Your wallet signs this and pays no fee: the studio's sponsor does."
          localChain={chainId === "solana:localnet"}
          act={sign}
          onClose={() => setOffer(null)}
        >
          <p>
            Payees can earn until {momentWords(offer.settleBy)}, and the escrow expires on {momentWords(offer.expiry)}:
            from then on anybody may return the rest to you. You cannot take that back. What can be paid, and to whom,
            stays as you agreed to.
          </p>
        </WalletDialog>
      )}
    </section>
  );
}
