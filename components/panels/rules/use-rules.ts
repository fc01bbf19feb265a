"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import { useConfirmed } from "@/components/panels/settings/use-confirmed";
import type { SolanaWallet } from "@/components/panels/wallets/standard-wallets";
import type { Rule } from "@/flows/policy/rules";

type Change = (now: readonly Rule[]) => Rule[];
type Making = { change: Change; wallet: SolanaWallet | null };

/**
 * Changes the rules as they are in force at that moment, and not as this page read them: what came meanwhile stays. Where a
 * change takes a signature, a passkey is asked for it at once, and a wallet is chosen first.
 */
export function useRules(onSaved: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: wallets } = useSuspenseQuery(trpc.wallets.mine.queryOptions());
  const confirmed = useConfirmed();
  const set = useMutation(trpc.policies.set.mutationOptions());
  const [waiting, setWaiting] = useState<Change | null>(null);
  const put = useMutation({
    async mutationFn({ change, wallet }: Making) {
      const now = await queries.fetchQuery({ ...trpc.policies.inForce.queryOptions(), staleTime: 0 });
      const rules = change(now?.policy.rules ?? []);
      const policy = rules.length > 0 ? { version: 1, rules } : null;
      const first = wallet ? null : await set.mutateAsync({ policy }).catch(unconfirmed);
      if (first && !Array.isArray(first)) return true;
      if (first && !first.includes("passkey")) {
        setWaiting(() => change);
        return false;
      }
      const { digestOf } = await import("@/flows/plan/digest");
      const means = { wallet, hasPasskeys: wallet === null };
      const signed = await confirmed.by({ do: "rules", policy: policy && digestOf(policy) }, means);
      await set.mutateAsync({ policy, ...signed });
      return true;
    },
    onSuccess(isDone) {
      if (isDone) onSaved();
    },
    onSettled: () => queries.invalidateQueries(trpc.policies.pathFilter()),
  });
  return {
    make: (change: Change) => put.mutate({ change, wallet: null }),
    busy: put.isPending,
    fault: put.error,
    reset: put.reset,
    /** Where a wallet has to sign before it is done. */
    byWallet: waiting && {
      localChain: wallets.site.chainId === "solana:localnet",
      async act(wallet: SolanaWallet) {
        await put.mutateAsync({ change: waiting, wallet });
        setWaiting(null);
      },
      close: () => setWaiting(null),
    },
  };
}

/** By which kinds a change has to be confirmed; whatever else went wrong is thrown on. */
function unconfirmed(fault: unknown): readonly string[] {
  const told = domainErrorOf(fault);
  if (told?.code === "change_unconfirmed") return told.kinds;
  throw fault;
}
