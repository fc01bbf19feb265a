import { Minus, Plus, Slash } from "lucide-react";
import type { ComparedFlow } from "@/components/api/answers";
import { type PlanChange, RISKS, type Risk } from "@/flows/plan/diff/change";

type Words = ComparedFlow["words"];

const HEADING: Record<Risk, string> = {
  money: "Money",
  authority: "Authority",
  data: "Data",
  logic: "Logic",
  looks: "Looks",
};
const DIRECTION: Record<PlanChange["direction"], { icon: typeof Plus; words: string; tone: string }> = {
  more: { icon: Plus, words: "More than before:", tone: "text-warn" },
  less: { icon: Minus, words: "Less than before:", tone: "text-ok" },
  other: { icon: Slash, words: "", tone: "text-faint" },
};

/** What the change means, the riskiest first; where a side has no plan, how the drawings differ. */
export function ChangeWords({ words, drawn }: { words: Words; drawn: readonly string[] }) {
  if (!words.ok)
    return (
      <>
        <p className="text-muted">
          {words.broken === "before" ? "This revision" : "The drawing now"} has problems, so that what the change means
          for a run cannot be said. This is how the drawings differ.
        </p>
        <List heading="Drawing" messages={drawn} />
      </>
    );
  if (words.changes.length === 0) return <p className="text-muted">Nothing is different.</p>;
  return <ChangesByRisk changes={words.changes} />;
}

export function ChangesByRisk({ changes }: { changes: readonly PlanChange[] }) {
  return RISKS.map((risk) => {
    const own = changes.filter((change) => change.risk === risk);
    return own.length === 0 ? null : <RiskList key={risk} risk={risk} changes={own} />;
  });
}

function RiskList({ risk, changes }: { risk: Risk; changes: readonly PlanChange[] }) {
  return (
    <section aria-label={HEADING[risk]}>
      <h3 className="text-12 text-faint">{HEADING[risk]}</h3>
      <ul className="flex flex-col gap-1 pt-1">
        {changes.map(({ message, direction }) => {
          const { icon: Icon, words, tone } = DIRECTION[direction];
          return (
            <li key={message} className="flex items-baseline gap-2">
              <Icon aria-hidden className={`size-3 shrink-0 self-center ${tone}`} />
              <span className="min-w-0">
                <span className="sr-only">{words} </span>
                {message}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function List({ heading, messages }: { heading: string; messages: readonly string[] }) {
  return (
    <section aria-label={heading}>
      <h3 className="text-12 text-faint">{heading}</h3>
      <ul className="list-disc pt-1 pl-4">
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </section>
  );
}
