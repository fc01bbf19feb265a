"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { explainApiError, explainDomainError } from "@/components/api/explain-api-error";
import { useTRPC } from "@/components/api/trpc";
import { useStudio } from "@/components/store/studio-store";
import type { Digest, FlowId } from "@/flows/basics/ids";

/** Whether a plan can be paid from an escrow here, and every reason why not. */
export type EscrowRail = {
  possible: boolean;
  reasons: readonly string[];
  localChain: boolean;
  windowSeconds: number;
  unlinked: boolean;
};

/** Asked once what is drawn is saved: the server judges the flow that it has. */
export function useEscrowRail(flow: FlowId, plan: Digest): EscrowRail {
  const trpc = useTRPC();
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    let gone = false;
    const done = (kept: boolean) => {
      if (!gone) setSaved(kept);
    };
    void useStudio.getState().flush().then(done);
    return () => {
      gone = true;
    };
  }, []);
  const { data: mine } = useQuery(trpc.wallets.mine.queryOptions());
  const whyNot = useQuery({ ...trpc.escrows.whyNot.queryOptions({ flow, plan }), enabled: saved, staleTime: 0 });
  const unmet = whyNot.data ?? [];
  const reasons = whyNot.error
    ? [explainApiError(whyNot.error).what]
    : unmet.map((each) => explainDomainError(each).what);
  return {
    possible: whyNot.data !== undefined && unmet.length === 0,
    reasons,
    localChain: mine?.site.chainId === "solana:localnet",
    windowSeconds: mine?.site.escrow?.windowSeconds ?? 0,
    unlinked: unmet.some(({ code }) => code === "wallet_not_linked"),
  };
}

/** What the rail promises, or why it cannot be had. */
export function EscrowPromise({ escrow }: { escrow: EscrowRail }) {
  const { possible, reasons, localChain, windowSeconds, unlinked } = escrow;
  if (!possible)
    return (
      <>
        {reasons.length === 0 && "Looking whether this flow can be paid from an escrow."}
        {reasons.map((reason) => (
          <span key={reason} className="block">
            {reason}
          </span>
        ))}
        {unlinked && (
          <a href="/settings" target="_blank" rel="noreferrer" className="text-accent underline">
            Link a wallet in Settings
          </a>
        )}
      </>
    );
  return (
    <>
      {localChain && <span className="block">Local chain: simulated on this machine.</span>}
      Held by a program on Solana, which enforces the cap and the payees. A studio that was taken over can at worst pay
      the listed payees, each at most its cap
      {windowSeconds > 0 ? ", and you can dispute that within the window." : "."} Funded from your wallet.
    </>
  );
}
