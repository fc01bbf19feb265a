"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { ApprovalCard } from "@/components/panels/approvals/approval-card";
import { ApprovalHistory } from "@/components/panels/approvals/approval-history";
import { ApprovalWhy } from "@/components/panels/approvals/approval-why";
import { Decision } from "@/components/panels/approvals/decision";
import { questionShown } from "@/components/panels/approvals/question-words";
import { useShownSubject } from "@/components/panels/approvals/use-shown-subject";
import { Page } from "@/components/ui/page";
import { StatusMark } from "@/components/ui/status-mark";

/** One question in one column: who asks for what, exactly what a yes does, why it is asked, and the two answers. */
export function ApprovalPage({ operation }: { operation: string }) {
  const trpc = useTRPC();
  const { data: shown } = useSuspenseQuery(trpc.approvals.get.queryOptions({ operation }));
  const { question, payerName, around } = shown;
  const { id: me } = useAccount();
  // Only whoever pays for the run may read it; others decide by what the question brings along.
  const mine = question.about.payer === me;
  const run = useQuery(trpc.runs.get.queryOptions({ run: question.run }, { enabled: mine })).data ?? null;
  const flow = around ? ` of ${around.flowName}` : "";
  const check = useShownSubject(question);
  const asking = mine ? `Your run${flow}` : `A run${flow} that ${payerName} started`;
  return (
    <Page
      above={
        <Link href="/approvals" className="hover:underline">
          Approvals
        </Link>
      }
      title={`${asking} asks: ${question.about.question}`}
      actions={<StatusMark look="tag" {...questionShown(question)} />}
    >
      <ApprovalCard shown={shown} check={check} />
      <ApprovalWhy shown={shown} run={run} />
      <ApprovalHistory shown={shown} />
      <Decision shown={shown} check={check} />
    </Page>
  );
}
