"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AskedQuestion } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { firstToCount, type Way, waysToAgree } from "@/components/panels/approvals/ways-to-agree";

/** By which ways this person can say yes to a question, and which of them they chose. `ways` is null until it is known. */
export function useWay({ asked }: AskedQuestion) {
  const trpc = useTRPC();
  const [chosen, choose] = useState<Way | null>(null);
  const wallets = useQuery(trpc.wallets.mine.queryOptions()).data;
  const keys = useQuery(trpc.passkeys.mine.queryOptions()).data;
  const kinds = asked.agreement?.evidence?.kinds ?? null;
  const linked = wallets?.linked ?? null;
  const means = {
    wallet: linked?.waitsUntil === null ? linked.address : null,
    passkeys: keys?.passkeys.filter(({ waitsUntil }) => waitsUntil === null).length ?? 0,
    click: wallets?.click ?? "session",
  } as const;
  const ways = waysToAgree(kinds, means);
  const way = chosen && ways.includes(chosen) ? chosen : (ways[0] ?? null);
  const waiting = { wallet: linked?.waitsUntil ?? null, passkeys: keys?.passkeys ?? [] };
  const countsFrom = firstToCount(kinds, waiting);
  const firstAfterHours = wallets?.site.firstMeansAfterHours ?? 0;
  const known = wallets && keys ? ways : null;
  return { kinds, ways: known, way, choose, countsFrom, firstAfterHours, origin: keys?.origin ?? null };
}
