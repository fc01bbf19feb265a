import type { AskedQuestion, ShownRun } from "@/components/api/answers";
import { stepShown } from "@/components/panels/runs/status-words";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";

/** Which rule asks, and where in the flow it stands. */
export function ApprovalWhy({ question, run }: { question: AskedQuestion; run: ShownRun | null }) {
  const titles = new Map(run?.document.nodes.map(({ id, title }) => [id, title]));
  const step = run?.plan.steps.find(({ node }) => node === question.about.node);
  const title = titles.get(question.about.node) ?? question.about.node;
  return (
    <Panel title="Why you are asked">
      <p>
        {step && step.instruction.op !== "ask"
          ? `The payer's rules ask before ${title} is called or paid, and name`
          : `The flow has an approval at ${title} that names`}{" "}
        {question.approvers.length === 1 ? "you alone" : `you and ${question.approvers.length - 1} more`}. Nothing
        behind it is called or paid before somebody says yes. {onNo(step?.instruction)} No answer in time counts as a
        no.
      </p>
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

type Instruction = ShownRun["plan"]["steps"][number]["instruction"];

function onNo(instruction: Instruction | undefined): string {
  return instruction?.op === "ask" && instruction.denial === "continues"
    ? "A no takes the refused branch."
    : "A no ends the run.";
}
