"use client";

import { Suspense, useState } from "react";
import type { ShownQuestion } from "@/components/api/answers";
import { ApiFault } from "@/components/panels/account/api-fault";
import { type Changes, EditFields } from "@/components/panels/approvals/edit-fields";
import { EvidenceChoice } from "@/components/panels/approvals/evidence-choice";
import { costOf } from "@/components/panels/approvals/question-words";
import type { useAnswer } from "@/components/panels/approvals/use-answer";
import { usePasskeyYes } from "@/components/panels/approvals/use-passkey-yes";
import { useWay } from "@/components/panels/approvals/use-way";
import { passkeyFaultWords } from "@/components/panels/settings/passkey-ceremony";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Field } from "@/components/ui/field";
import { loadedLater } from "@/components/ui/loaded-later";
import { TextArea } from "@/components/ui/text-area";
import { MOST_EDITS, timesChanged } from "@/flows/run/edits";

const WalletYes = loadedLater(() => import("./wallet-yes").then((file) => file.WalletYes));

type OwnAnswerProps = { shown: ShownQuestion; answer: ReturnType<typeof useAnswer>; isOver: boolean };

/** The answer of somebody who is asked: what they may change and add, what a yes takes, and the two buttons. */
export function OwnAnswer({ shown: { question, shows }, answer, isOver }: OwnAnswerProps) {
  const [comment, setComment] = useState("");
  const [changes, setChanges] = useState<Changes>(new Map());
  const [isSigning, setSigning] = useState(false);
  const { choose, origin, ...choice } = useWay(question);
  const { way } = choice;
  const passkey = usePasskeyYes(question, origin);
  const mayEdit = timesChanged(question.operation) < MOST_EDITS ? (question.asked.agreement?.edits ?? []) : [];
  const edits = [...changes].map(([place, value]) => ({ place, value }));
  const said = { comment, edits };
  // What is wrong with an answer is shown where answers are.
  const press = (word: "approved" | "denied") => void answer.say(word, said).catch(() => undefined);

  async function approve() {
    if (way === "wallet") return setSigning(true);
    if (way === "click") return press("approved");
    const signed = await passkey.sign(edits);
    if (signed) await answer.say("approved", { ...said, signed }).catch(() => undefined);
  }

  return (
    <>
      {mayEdit.length > 0 && <EditFields edits={mayEdit} shows={shows} changes={changes} onChange={setChanges} />}
      <Field label="Comment" help="It is kept with your answer, in the receipt.">
        <TextArea rows={2} maxLength={2_000} value={comment} onChange={(event) => setComment(event.target.value)} />
      </Field>
      <EvidenceChoice {...choice} onChange={choose} />
      {passkey.fault ? <ErrorNotice {...passkeyFaultWords(passkey.fault.fault)} /> : <ApiFault fault={passkey.error} />}
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Button
          width="full"
          busy={answer.isBusy("denied")}
          disabled={isOver && !answer.isBusy("denied")}
          onClick={() => press("denied")}
        >
          Refuse
        </Button>
        <Button
          width="full"
          busy={passkey.isBusy || answer.isBusy("approved")}
          disabled={way === null || (isOver && !answer.isBusy("approved"))}
          onClick={() => void approve()}
        >
          Approve{changes.size > 0 ? " with changes" : ""}, {costOf(question.about.unlocks.bound)}
        </Button>
      </div>
      {isSigning && (
        <Suspense fallback={null}>
          <WalletYes
            question={question}
            edits={edits}
            answer={(signed) => answer.say("approved", { ...said, signed })}
            onClose={() => setSigning(false)}
          />
        </Suspense>
      )}
    </>
  );
}
