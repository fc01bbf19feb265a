"use client";

import Link from "next/link";
import type { AskedQuestion, ShownQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { ApiFault } from "@/components/panels/account/api-fault";
import { OwnAnswer } from "@/components/panels/approvals/own-answer";
import { agreementWords, approvalPath, questionShown, votedWords } from "@/components/panels/approvals/question-words";
import { useAnswer, type Word } from "@/components/panels/approvals/use-answer";
import type { SubjectCheck } from "@/components/panels/approvals/use-shown-subject";
import { useNow } from "@/components/panels/runs/use-now";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { StatusMark } from "@/components/ui/status-mark";
import { askedAfter, timesChanged } from "@/flows/run/edits";

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

const SENT: Record<Word, string> = {
  approved: "Approved. The run takes it up.",
  denied: "Refused. The run takes it up.",
  withdrawn: "Taken back. The run takes it up.",
};

function Answers({ shown, ready }: { shown: ShownQuestion; ready: boolean }) {
  const { question } = shown;
  const { about, approvers, votes } = question;
  const { id: me } = useAccount();
  const answer = useAnswer(question);
  const voted = votes.find(({ by, of }) => by === me || of === me);
  const asked = approvers.some((each) => each === me) || about.payer !== me; // whoever stands in for somebody is asked, too
  const isOver = !ready || answer.isOver;
  return (
    <section aria-label="Your answer" className="flex flex-col gap-4">
      {answer.sent && (
        <p role="status" className="flex items-center gap-2">
          <StatusMark status="running" word={SENT[answer.sent]} />
        </p>
      )}
      <ApiFault fault={answer.error} />
      {voted && (
        <p role="status">
          {votedWords(voted, me)} {agreementWords(question)}.
        </p>
      )}
      {asked && !voted && <OwnAnswer shown={shown} answer={answer} isOver={isOver} />}
      {about.payer === me && (
        <Button
          tone="ghost"
          busy={answer.isBusy("withdrawn")}
          disabled={isOver}
          onClick={() => void answer.say("withdrawn").catch(() => undefined)}
        >
          Take the question back
        </Button>
      )}
      {answer.sent && about.payer === me && (
        <Link href={`/runs/${question.run}`} className="self-start underline">
          Open the run
        </Link>
      )}
    </section>
  );
}

/** Only whoever pays for a run may read it: nobody else is led there. */
function Settled({ question }: { question: AskedQuestion }) {
  const { id: me } = useAccount();
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
      {question.about.payer === me && (
        <Link href={`/runs/${question.run}`} className="underline">
          Open the run
        </Link>
      )}
    </section>
  );
}
