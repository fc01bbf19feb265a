"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { useState } from "react";
import type { DisputeOffer, EarnedLine, EscrowOfRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { DidNotLand } from "@/components/panels/funding/did-not-land";
import { lineWords } from "@/components/panels/runs/dispute-words";
import { signTransaction } from "@/components/panels/wallets/sign-transaction";
import { WalletDialog } from "@/components/panels/wallets/wallet-dialog";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import type { RunId } from "@/flows/basics/ids";

const LOOK_MS = { waiting: 3_000, idle: 10_000 };

type EarnedLinesProps = { run: RunId; chainId: string; intents: EscrowOfRun["intents"] };

/** What each payee of a settled escrow has earned, and the payer's way to keep it from being paid while its window is open. */
export function EarnedLines({ run, chainId, intents }: EarnedLinesProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [offer, setOffer] = useState<DisputeOffer | null>(null);
  const [sent, setSent] = useState<DisputeOffer | null>(null);
  const isSent = intents.some(isUnderWay);
  const last = sent && intents.find(({ intent }) => intent === sent.intent);
  const awaited = last && isUnderWay(last) ? sent.lines : [];
  const { data: earnings, error } = useQuery({
    ...trpc.escrows.earnings.queryOptions({ run }),
    refetchInterval: isSent ? LOOK_MS.waiting : LOOK_MS.idle, // the chain's clock and the arbiter come by no journal
    retry: false,
  });
  const dispute = useMutation(trpc.escrows.dispute.mutationOptions({ onSuccess: setOffer }));
  const submit = useMutation(trpc.escrows.submit.mutationOptions());
  if (!earnings) return <ApiFault fault={error} />;

  async function sign(wallet: Parameters<typeof signTransaction>[0]) {
    if (!offer) return;
    const signed = await signTransaction(wallet, { ...offer, chainId });
    await submit.mutateAsync({ intent: offer.intent, signed });
    setSent(offer);
    setOffer(null);
    await queries.invalidateQueries(trpc.escrows.pathFilter());
  }

  return (
    <section aria-label="Earned" className="flex flex-col gap-3 border-t pt-3">
      <h3 className="font-strong text-12">Earned</h3>
      <ul className="flex flex-col gap-3">
        {earnings.lines.map((line) => (
          <li key={line.account} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <Line line={line} nowSeconds={earnings.nowSeconds} />
            {lineWords(line, earnings.nowSeconds).disputable > 0n && (
              <Button
                icon={<Scale aria-hidden />}
                busy={dispute.isPending || awaited.includes(line.line)}
                aria-label={`Dispute what ${line.payees.join(", ")} earned`}
                onClick={() => dispute.mutate({ run, lines: [line.line] })}
              >
                Dispute
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ApiFault fault={dispute.error} />
      {(last?.stands === "expired" || last?.stands === "refused") && (
        <DidNotLand
          why={last.stands}
          reason={last.reason}
          safe="Nothing was disputed by it."
          next="Dispute again: the studio makes a new transaction to sign. It has to be signed within a minute."
        />
      )}
      {offer && (
        <WalletDialog
          title="Dispute what was earned"
          text="Your wallet signs this and pays no fee: the studio's sponsor does."
          localChain={chainId === "solana:localnet"}
          act={sign}
          onClose={() => setOffer(null)}
        >
          <p>
            <Money currency="usdc_base" amount={offer.amount} /> stay in the escrow until the arbiter divides them
            between the payee and you. Nobody else can get them. What is not decided within 30 days is paid to the
            payee.
          </p>
        </WalletDialog>
      )}
    </section>
  );
}

/** Handed over, and not yet known to have landed. */
const isUnderWay = ({ kind, handed, stands }: EscrowOfRun["intents"][number]): boolean =>
  kind === "dispute" && handed && !["confirmed", "expired", "refused"].includes(stands);

function Line({ line, nowSeconds }: { line: EarnedLine; nowSeconds: number }) {
  return (
    <div className="min-w-0 flex-1 basis-60">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="min-w-0 break-words">{line.payees.join(", ")}</span>
        <Money currency="usdc_base" amount={line.earned} />
      </p>
      <p className="text-muted">{lineWords(line, nowSeconds).words}</p>
    </div>
  );
}
