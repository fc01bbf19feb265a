"use client";

import type { ShownQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { questionShown } from "@/components/panels/approvals/question-words";
import { VoteList } from "@/components/panels/approvals/vote-list";
import { Moment } from "@/components/panels/runs/moment";
import { Hash } from "@/components/ui/hash";
import { Panel } from "@/components/ui/panel";

const NOTED = {
  reminded: "reminded",
  escalated: "asked as well:",
  undelivered: "could not be told:",
} as const;

export function ApprovalHistory({ shown: { question, payerName, names, notes } }: { shown: ShownQuestion }) {
  const { id: me } = useAccount();
  const { createdAt, answeredAt, answeredBy, state, about, until } = question;
  return (
    <Panel title="History">
      <ol className="flex flex-col gap-1">
        <li>
          <Moment at={createdAt} look="exact" />: asked by{" "}
          {about.payer === me ? "your run" : `a run that ${payerName} started`}
        </li>
        <VoteList votes={question.votes} names={names} edits={question.asked.agreement?.edits ?? []} />
        {notes.map((note) => (
          <li key={`${note.kind} ${note.rung}`}>
            <Moment at={note.at} look="exact" />: {NOTED[note.kind]}{" "}
            {note.people.map((person) => (person === me ? "you" : (names[person] ?? person))).join(", ")}
          </li>
        ))}
        {state === "replaced" && <li>changed by that answer, and asked anew</li>}
        {state === "answered" && answeredAt && question.votes.length === 0 && (
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
