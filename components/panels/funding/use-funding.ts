"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { FundingOffer } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { signTransaction } from "@/components/panels/wallets/sign-transaction";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";
import type { Digest, FlowId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";

export type FundAsk = { flow: FlowId; run: RunId; plan: Digest; input: Readonly<Record<string, Json>> };

/** How far the money is on its way. `over`: what was signed never reached the chain, or was refused there. */
export type FundingState =
  | { at: "looking" }
  | { at: "checking" | "sent" | "confirmed" }
  | { at: "over"; why: "expired" | "refused"; reason: string | null }
  | { at: "not_started"; why: Json };

const LOOK_MS = 1_000;

/**
 * Funds one run: an offer to look at, the wallet's signature, and what becomes of it. The run starts by itself once the
 * escrow is confirmed; `onStarted` is called when it is there.
 */
export function useFunding(ask: FundAsk, onStarted: (run: string) => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [handed, setHanded] = useState<string | null>(null);
  type SentInput = Parameters<typeof offer.mutateAsync>[0]["input"];
  const offer = useMutation(trpc.escrows.offer.mutationOptions());
  const submit = useMutation(trpc.escrows.submit.mutationOptions());
  const view = useQuery({
    ...trpc.escrows.ofRun.queryOptions({ run: ask.run }),
    enabled: handed !== null,
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });
  const intent = view.data?.intents.find((each) => each.intent === handed);
  const isOpen = view.data !== null && view.data !== undefined && view.data.stands !== "waiting";
  const run = useQuery({
    ...trpc.runs.get.queryOptions({ run: ask.run }),
    enabled: isOpen && view.data?.notStarted === null,
    retry: false,
    refetchInterval: LOOK_MS,
  });
  const told = useRef(false);
  const isThere = run.data !== undefined;
  useEffect(() => {
    if (!isThere || told.current) return;
    told.current = true;
    void queries.invalidateQueries(trpc.runs.list.pathFilter());
    onStarted(ask.run);
  }, [isThere, ask.run, onStarted, queries, trpc]);

  return {
    offer: offer.data as FundingOffer | undefined,
    asking: offer.isPending,
    fault: offer.error,
    ask() {
      setHanded(null);
      offer.mutate({ ...ask, input: { ...ask.input } as SentInput });
    },
    async sign(wallet: SolanaWallet, chainId: string) {
      if (!offer.data) return;
      const { transaction, terms, intent: id } = offer.data;
      const signed = await signTransaction(wallet, { transaction, payer: terms.payer, chainId });
      await submit.mutateAsync({ intent: id, signed });
      setHanded(id);
    },
    state:
      handed === null ? ({ at: "looking" } as const) : stateOf(intent, { isOpen, notStarted: view.data?.notStarted }),
  };
}

type Intent = { stands: string; reason: string | null } | undefined;

function stateOf(
  intent: Intent,
  { isOpen, notStarted }: { isOpen: boolean; notStarted: Json | undefined },
): FundingState {
  if (notStarted !== null && notStarted !== undefined) return { at: "not_started", why: notStarted };
  if (isOpen || intent?.stands === "confirmed") return { at: "confirmed" };
  if (intent?.stands === "expired" || intent?.stands === "refused")
    return { at: "over", why: intent.stands, reason: intent.reason };
  return { at: intent?.stands === "submitted" || intent?.stands === "unknown" ? "sent" : "checking" };
}
