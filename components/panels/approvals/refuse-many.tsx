"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AskedQuestion } from "@/components/api/answers";
import { explainDomainError } from "@/components/api/explain-api-error";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

const MOST = 100;

/** Refuses what is chosen, all at once. There is no such thing for a yes: a yes is to what was read. */
export function RefuseMany({ questions, onDone }: { questions: readonly AskedQuestion[]; onDone(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refuse = useMutation(
    trpc.approvals.refuseMany.mutationOptions({
      onSuccess: ({ refused, left: [first, ...more] }) => {
        const others = more.length > 0 ? ` So it is with ${more.length} more.` : "";
        const text = first ? `${explainDomainError(first.error).what}${others}` : "The runs take it up.";
        toast({ status: first ? "failed" : "done", title: `Refused: ${refused}.`, text });
        onDone();
      },
      onSettled: () => queries.invalidateQueries(trpc.approvals.pathFilter()),
    }),
  );
  if (questions.length === 0) return null;
  const chosen = questions.slice(0, MOST).map(({ operation, subject }) => ({ operation, subject }));
  return (
    <>
      <Button busy={refuse.isPending} onClick={() => refuse.mutate({ questions: chosen })}>
        Refuse {chosen.length} chosen
      </Button>
      <ApiFault fault={refuse.error} />
    </>
  );
}
