import { OctagonX } from "lucide-react";
import type { ShownQuestion, ShownRun } from "@/components/api/answers";
import { agreementWords } from "@/components/panels/approvals/question-words";
import { stepShown } from "@/components/panels/runs/status-words";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";

/** Which rule asks, and where in the flow it stands. */
export function ApprovalWhy({
  shown: { question, around, outOfReach },
  run,
}: {
  shown: ShownQuestion;
  run: ShownRun | null;
}) {
  const titles = new Map(around?.steps.map(({ node, title }) => [node, title]));
  const title = titles.get(question.about.node) ?? question.about.node;
  return (
    <Panel title="Why you are asked">
      <p>
        {around?.asksBy === "rule"
          ? `The payer's rules ask before ${title} is called or paid, and name`
          : `The flow has an approval at ${title} that names`}{" "}
        {question.approvers.length === 1 ? "one person" : `${question.approvers.length} people`}.{" "}
        {agreementWords(question)}. Nothing behind it is called or paid before that. {onNo(around)} No answer in time
        counts as a no.
      </p>
      {outOfReach && (
        <p role="status" className="mt-3 flex items-start gap-2 text-bad">
          <OctagonX aria-hidden className="mt-0.5 shrink-0" />
          <span>
            This cannot come to a yes any more: too few of those who are asked can still answer. It waits until its time
            is over, unless somebody refuses or whoever started the run takes it back.
          </span>
        </p>
      )}
      {!run && around && <StepsAround steps={around.steps} here={question.about.node} />}
      {run && (
        <ol aria-label="Steps of the flow" className="mt-4 flex flex-col border-t">
          {run.steps.map((each) => {
            const here = each.node === question.about.node;
            return (
              <li
                key={each.step}
                aria-current={here ? "step" : undefined}
                className="flex items-center justify-between gap-4 border-b px-2 py-1 last:border-b-0 aria-[current=step]:bg-selected"
              >
                <span className="min-w-0 truncate">
                  {titles.get(each.node) ?? each.node}
                  {here && <span className="text-muted"> · this approval</span>}
                </span>
                <StatusMark {...stepShown(each)} />
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}

type Steps = NonNullable<ShownQuestion["around"]>["steps"];

/** The steps of the flow without what they did: that is for whoever pays. */
function StepsAround({ steps, here }: { steps: Steps; here: string }) {
  return (
    <ol aria-label="Steps of the flow" className="mt-4 flex flex-col border-t">
      {steps.map(({ node, title }) => (
        <li
          key={node}
          aria-current={node === here ? "step" : undefined}
          className="border-b px-2 py-1 last:border-b-0 aria-[current=step]:bg-selected"
        >
          {title}
          {node === here && <span className="text-muted"> · this approval</span>}
        </li>
      ))}
    </ol>
  );
}

function onNo(around: ShownQuestion["around"]): string {
  return around?.onNo === "continues" ? "A no takes the refused branch." : "A no ends the run.";
}
