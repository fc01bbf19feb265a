import { CircleCheck, CircleHelp, type LucideIcon, OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import type { Verdict } from "@/flows/receipts/receipt-file";

type VerdictViewProps = { verdict: Verdict; children?: ReactNode };

/** What verifying proved, what failed, and what it cannot say: all three, always. `children` stand between proved and not. */
export function VerdictView({ verdict: { proved, failed, notProved }, children }: VerdictViewProps) {
  return (
    <div role="status" aria-label="Verification" className="flex flex-col gap-4">
      <Sentences title="Failed" none="Nothing failed." sentences={failed} Icon={OctagonX} tone="text-bad" />
      <Sentences title="Proved" none="Nothing was proved." sentences={proved} Icon={CircleCheck} tone="text-ok" />
      {children}
      <Sentences title="Not proved by this" none="" sentences={notProved} Icon={CircleHelp} tone="text-faint" />
    </div>
  );
}

type SentencesProps = { title: string; none: string; sentences: readonly string[]; Icon: LucideIcon; tone: string };

function Sentences({ title, none, sentences, Icon, tone }: SentencesProps) {
  return (
    <section>
      <h3 className="mb-1 text-12 text-muted">{title}</h3>
      {sentences.length === 0 && <p className="text-muted">{none}</p>}
      <ul aria-label={title} className="flex flex-col gap-1">
        {sentences.map((sentence) => (
          <li key={sentence} className="flex items-start gap-2">
            <span className={`mt-0.5 ${tone}`}>
              <Icon aria-hidden />
            </span>
            <span className="min-w-0 break-words">{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
