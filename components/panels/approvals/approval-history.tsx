"use client";

import type { AskedQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { questionShown } from "@/components/panels/approvals/question-words";
import { Moment } from "@/components/panels/runs/moment";
import { Hash } from "@/components/ui/hash";
import { Panel } from "@/components/ui/panel";

export function ApprovalHistory({ question, payerName }: { question: AskedQuestion; payerName: string }) {
  const { id: me } = useAccount();
  const { createdAt, answeredAt, answeredBy, state, about, until } = question;
  return (
    <Panel title="History">
      <ol className="flex flex-col gap-1">
        <li>
          <Moment at={createdAt} look="exact" />: asked by{" "}
          {about.payer === me ? "your run" : `a run that ${payerName} started`}
        </li>
        {state === "answered" && answeredAt && (
          <li>
            <Moment at={answeredAt} look="exact" />: {questionShown(question).word.toLowerCase()} by{" "}
            {answeredBy === me ? "you" : answeredBy ? <Hash value={answeredBy} of="account" /> : "somebody"}
          </li>
        )}
        {state === "timed_out" && (
          <li>
            <Moment at={answeredAt ?? until} look="exact" />: timed out, which counts as a no
          </li>
        )}
        {state === "withdrawn" && (
          <li>
            {answeredAt && (
              <>
                <Moment at={answeredAt} look="exact" />:{" "}
              </>
            )}
            withdrawn: the run does not wait for it any more
          </li>
        )}
      </ol>
    </Panel>
  );
}
