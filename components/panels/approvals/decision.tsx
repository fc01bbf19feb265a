"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { AskedQuestion } from "@/components/api/answers";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { mostOf, questionShown } from "@/components/panels/approvals/question-words";
import type { SubjectCheck } from "@/components/panels/approvals/use-shown-subject";
import { useNow } from "@/components/panels/runs/use-now";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { StatusMark } from "@/components/ui/status-mark";

type DecisionProps = { question: AskedQuestion; check: SubjectCheck };

/** The two answers. What is sent names the digest that was on the screen when the button was pressed. */
export function Decision({ question, check }: DecisionProps) {
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
  return <Answers key={question.subject} question={question} ready={check !== "checking"} />;
}

function Answers({ question, ready }: { question: AskedQuestion; ready: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [given, setGiven] = useState<"approved" | "denied" | null>(null);
  const answer = useMutation(
    trpc.approvals.answer.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.approvals.pathFilter()),
    }),
  );
  const most = mostOf(question.about.unlocks.bound);
  const sent = answer.isSuccess;

  function decide(chosen: "approved" | "denied") {
    setGiven(chosen);
    answer.mutate({ operation: question.operation, subject: question.subject, answer: chosen });
  }

  const busy = (which: "approved" | "denied") => answer.isPending && given === which;
  const over = !ready || answer.isPending || sent || domainErrorOf(answer.error) !== null;
  return (
    <section aria-label="Your answer" className="flex flex-col gap-4">
      {sent && (
        <p role="status" className="flex items-center gap-2">
          <StatusMark
            status="running"
            word={given === "approved" ? "Approved. The run takes it up." : "Refused. The run takes it up."}
          />
        </p>
      )}
      <ApiFault fault={answer.error} />
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Button width="full" busy={busy("denied")} disabled={over && !busy("denied")} onClick={() => decide("denied")}>
          Refuse
        </Button>
        <Button
          width="full"
          busy={busy("approved")}
          disabled={over && !busy("approved")}
          onClick={() => decide("approved")}
        >
          Approve, {most}
        </Button>
      </div>
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
        There is nothing left to decide here.
      </p>
      <Link href={`/runs/${question.run}`} className="underline">
        Open the run
      </Link>
    </section>
  );
}
