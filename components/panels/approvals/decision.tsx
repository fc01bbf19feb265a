"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { AskedQuestion, ShownQuestion } from "@/components/api/answers";
import { domainErrorOf } from "@/components/api/api-error";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { type Changes, EditFields } from "@/components/panels/approvals/edit-fields";
import {
  agreementWords,
  approvalPath,
  mostOf,
  questionShown,
  votedWords,
} from "@/components/panels/approvals/question-words";
import type { SubjectCheck } from "@/components/panels/approvals/use-shown-subject";
import { useNow } from "@/components/panels/runs/use-now";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Field } from "@/components/ui/field";
import { StatusMark } from "@/components/ui/status-mark";
import { TextArea } from "@/components/ui/text-area";
import { askedAfter, MOST_EDITS, timesChanged } from "@/flows/run/edits";

type DecisionProps = { shown: ShownQuestion; check: SubjectCheck };

/** The two answers. What is sent names the digest that was on the screen when the button was pressed. */
export function Decision({ shown, check }: DecisionProps) {
  const { question } = shown;
  const now = useNow(question.state === "open");
  if (question.state !== "open") return <Settled question={question} />;
  if (now >= question.until.getTime())
    return (
      <ErrorNotice
        what="The time to answer is over."
        safe="No answer counts as a no: nothing behind it was paid."
        next="Run the flow again to be asked again."
        code="question_expired"
      />
    );
  if (check === "different")
    return (
      <ErrorNotice
        what="This card is not what the digest stands for, so it cannot be answered here."
        safe="Nothing was decided."
        next="Reload the page. If it stays, do not answer and report it."
        code="subject_changed"
      />
    );
  // A question that was asked anew under the same operation is another question.
  return <Answers key={question.subject} shown={shown} ready={check !== "checking"} />;
}

/** What another value, or a moment later, mends: the question waits as before. */
const CAN_BE_MENDED: ReadonlySet<string> = new Set(["edit_refused", "edits_spent", "mail_full"]);

type Word = "approved" | "denied" | "withdrawn";
const SENT: Record<Word, string> = {
  approved: "Approved. The run takes it up.",
  denied: "Refused. The run takes it up.",
  withdrawn: "Taken back. The run takes it up.",
};

function Answers({ shown: { question, shows }, ready }: { shown: ShownQuestion; ready: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: me } = useAccount();
  const [given, setGiven] = useState<Word | null>(null);
  const [comment, setComment] = useState("");
  const [changes, setChanges] = useState<Changes>(new Map());
  const answer = useMutation(
    trpc.approvals.answer.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.approvals.pathFilter()),
    }),
  );
  const { operation, subject, about, approvers, votes } = question;
  const edits = timesChanged(operation) < MOST_EDITS ? (question.asked.agreement?.edits ?? []) : [];
  const voted = votes.find(({ by, of }) => by === me || of === me);
  const asked = approvers.some((each) => each === me) || about.payer !== me; // whoever stands in for somebody is asked, too
  const sent = answer.isSuccess;

  async function decide(chosen: Word) {
    setGiven(chosen);
    const { toStored } = await import("@/flows/plan/stored");
    const changed = [...changes].map(([place, value]) => ({ place, value }));
    answer.mutate({
      ...{ operation, subject, answer: chosen, seen: toStored(about) },
      ...(comment.trim() ? { comment } : {}),
      ...(chosen === "approved" && changed.length > 0 ? { edits: changed } : {}),
    });
  }

  const busy = (which: Word) => answer.isPending && given === which;
  const fault = domainErrorOf(answer.error);
  const over = !ready || answer.isPending || sent || (fault !== null && !CAN_BE_MENDED.has(fault.code));
  return (
    <section aria-label="Your answer" className="flex flex-col gap-4">
      {sent && given && (
        <p role="status" className="flex items-center gap-2">
          <StatusMark status="running" word={SENT[given]} />
        </p>
      )}
      <ApiFault fault={answer.error} />
      {asked && !voted && edits.length > 0 && (
        <EditFields edits={edits} shows={shows} changes={changes} onChange={setChanges} />
      )}
      {asked && !voted && (
        <Field label="Comment" help="It is kept with your answer, in the receipt.">
          <TextArea rows={2} maxLength={2_000} value={comment} onChange={(event) => setComment(event.target.value)} />
        </Field>
      )}
      {voted && (
        <p role="status">
          {votedWords(voted, me)} {agreementWords(question)}.
        </p>
      )}
      {asked && !voted && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Button
            width="full"
            busy={busy("denied")}
            disabled={over && !busy("denied")}
            onClick={() => void decide("denied")}
          >
            Refuse
          </Button>
          <Button
            width="full"
            busy={busy("approved")}
            disabled={over && !busy("approved")}
            onClick={() => void decide("approved")}
          >
            Approve{changes.size > 0 ? " with changes" : ""}, {mostOf(about.unlocks.bound)}
          </Button>
        </div>
      )}
      {about.payer === me && (
        <Button tone="ghost" busy={busy("withdrawn")} disabled={over} onClick={() => void decide("withdrawn")}>
          Take the question back
        </Button>
      )}
      {sent && (
        <Link href={`/runs/${question.run}`} className="self-start underline">
          Open the run
        </Link>
      )}
    </section>
  );
}

function Settled({ question }: { question: AskedQuestion }) {
  return (
    <section aria-label="Your answer" className="flex flex-wrap items-center justify-between gap-4">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <StatusMark look="tag" {...questionShown(question)} />
        {question.state === "replaced" ? "Somebody changed a value." : "There is nothing left to decide here."}
      </p>
      {question.state === "replaced" && (
        <Link
          href={approvalPath(askedAfter(question.operation, timesChanged(question.operation) + 1))}
          className="underline"
        >
          Open what is asked now
        </Link>
      )}
      <Link href={`/runs/${question.run}`} className="underline">
        Open the run
      </Link>
    </section>
  );
}
