"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReceiptsFile } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { saveReceipts } from "@/components/panels/runs/save-receipts";
import type { Verdict } from "@/flows/receipts/receipt-file";

type State = { at: "idle" | "working" | "broken" } | { at: "told"; of: ReceiptsFile; verdict: Verdict };

/** The receipts of a run and what verifying them in this browser came to. A verdict is dropped when receipts are added. */
export function useReceipts(run: string) {
  const trpc = useTRPC();
  const receipts = useQuery(trpc.runs.receipts.queryOptions({ run }));
  const [proofsStay, setProofsStay] = useState(false);
  const [state, setState] = useState<State>({ at: "idle" });
  const file = receipts.data ?? null;

  async function verifyFile(of: ReceiptsFile) {
    setState({ at: "working" });
    const { verifyReceipts } = await import("@/flows/receipts/verify");
    setState({ at: "told", of, verdict: verifyReceipts(of) });
  }

  /** Whoever hands a file around may keep what people signed to themselves: it verifies, and says what it does not show. */
  async function saveFile({ proofs, ...rest }: ReceiptsFile) {
    await saveReceipts(proofs && !proofsStay ? { ...rest, proofs } : rest);
  }

  const broke = () => setState({ at: "broken" });
  return {
    file,
    fault: receipts.error,
    verdict: state.at === "told" && state.of === file ? state.verdict : null,
    working: state.at === "working",
    broken: state.at === "broken",
    verify: () => file && void verifyFile(file).catch(broke),
    save: () => file && void saveFile(file).catch(broke),
    proofsStay,
    setProofsStay,
  };
}

export type Receipts = ReturnType<typeof useReceipts>;
