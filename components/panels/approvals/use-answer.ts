"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AskedQuestion } from "@/components/api/answers";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import type { SignedPasskeyYes } from "@/components/panels/approvals/use-passkey-yes";
import type { SignedYes } from "@/components/panels/approvals/wallet-yes";
import type { Edit } from "@/flows/run/edits";

export type Word = "approved" | "denied" | "withdrawn";
type Said = { comment?: string; edits?: readonly Edit[]; signed?: SignedYes | SignedPasskeyYes };

/** What another value, another signature or a moment later mends: the question waits as before. */
const CAN_BE_MENDED: ReadonlySet<string> = new Set([
  ...["edit_refused", "edits_spent", "mail_full", "evidence_needed", "evidence_missing"],
  ...["challenge_expired", "signature_invalid"],
]);

/** Sends what somebody says to a question, about exactly what is on this screen. */
export function useAnswer({ operation, subject, about }: AskedQuestion) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [given, setGiven] = useState<Word | null>(null);
  const answer = useMutation(
    trpc.approvals.answer.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.approvals.pathFilter()),
    }),
  );

  async function say(word: Word, { comment = "", edits = [], signed }: Said = {}) {
    setGiven(word);
    const { toStored } = await import("@/flows/plan/stored");
    return answer.mutateAsync({
      ...{ operation, subject, answer: word, seen: toStored(about) },
      ...(comment.trim() ? { comment } : {}),
      ...(word === "approved" && edits.length > 0 ? { edits: [...edits] } : {}),
      ...(signed ? { signed } : {}),
    });
  }

  const fault = domainErrorOf(answer.error);
  return {
    say,
    error: answer.error,
    sent: answer.isSuccess ? given : null,
    isOver: answer.isPending || answer.isSuccess || (fault !== null && !CAN_BE_MENDED.has(fault.code)),
    isBusy: (word: Word) => answer.isPending && given === word,
  };
}
