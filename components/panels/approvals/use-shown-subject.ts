"use client";

import { useQuery } from "@tanstack/react-query";
import type { AskedQuestion } from "@/components/api/answers";

/** Whether the digest that is answered is the digest of what stands on this screen, taken in this browser. */
export type SubjectCheck = "checking" | "same" | "different" | "unchecked";

export function useShownSubject({ operation, subject, about }: AskedQuestion): SubjectCheck {
  const check = useQuery({
    queryKey: ["shown-subject", operation, subject],
    queryFn: async () => (await import("@/flows/plan/digest")).digestOf(about),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
  if (check.isPending) return "checking";
  if (check.isError) return "unchecked";
  return check.data === subject ? "same" : "different";
}
