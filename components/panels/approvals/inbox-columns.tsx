import Link from "next/link";
import type { AskedQuestion } from "@/components/api/answers";
import { agreementWords, approvalPath, mostOf, questionShown } from "@/components/panels/approvals/question-words";
import { Moment } from "@/components/panels/runs/moment";
import { StatusMark } from "@/components/ui/status-mark";
import type { Column } from "@/components/ui/table";

type Columns = readonly Column<AskedQuestion>[];
type FlowNames = ReadonlyMap<string, string>;

const question: Column<AskedQuestion> = {
  key: "question",
  header: "Question",
  width: "fill",
  cell: ({ operation, about }) => (
    <Link href={approvalPath(operation)} prefetch={false} className="font-strong hover:underline">
      {about.question}
    </Link>
  ),
};

const most: Column<AskedQuestion> = {
  key: "most",
  header: "A yes costs",
  align: "end",
  cell: ({ about }) => <span className="font-mono text-worst tabular-nums">{mostOf(about.unlocks.bound)}</span>,
};

function flowColumn(flows: FlowNames): Column<AskedQuestion> {
  return {
    key: "flow",
    header: "Flow",
    // Only whoever pays for a run may read it, and its name is known to them alone.
    cell: ({ run, about }) =>
      flows.has(run) ? (
        <Link href={`/runs/${run}?step=${encodeURIComponent(about.node)}`} prefetch={false} className="hover:underline">
          {flows.get(run)}
        </Link>
      ) : (
        <span className="text-muted">A run</span>
      ),
  };
}

/** What is chosen to be refused together. */
type Choice = { chosen: ReadonlySet<string>; pick(operation: string, isOn: boolean): void };

function choiceColumn({ chosen, pick }: Choice): Column<AskedQuestion> {
  return {
    key: "choose",
    header: <span className="sr-only">Choose</span>,
    cell: ({ operation, about }) => (
      <input
        type="checkbox"
        aria-label={`Choose ${about.question}`}
        checked={chosen.has(operation)}
        onChange={(event) => pick(operation, event.target.checked)}
        className="size-4 accent-accent"
      />
    ),
  };
}

export function openColumns(flows: FlowNames, choice: Choice): Columns {
  return [
    choiceColumn(choice),
    question,
    flowColumn(flows),
    most,
    {
      key: "agreed",
      header: "Agreed",
      narrow: "hide",
      cell: (asked) => (asked.undeliveredAt ? "Could not be told" : agreementWords(asked)),
    },
    { key: "asked", header: "Asked", cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { key: "until", header: "Answer by", narrow: "hide", cell: ({ until }) => <Moment at={until} /> },
  ];
}

export function settledColumns(flows: FlowNames): Columns {
  return [
    question,
    flowColumn(flows),
    { key: "answer", header: "Answer", cell: (asked) => <StatusMark {...questionShown(asked)} /> },
    {
      key: "when",
      header: "When",
      cell: ({ answeredAt, createdAt }) => <Moment at={answeredAt ?? createdAt} />,
    },
  ];
}
