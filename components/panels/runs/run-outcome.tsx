import type { ShownRun } from "@/components/api/answers";
import { ErrorNotice } from "@/components/ui/error-notice";

type OutcomeProps = { shown: ShownRun; titles: Readonly<Record<string, string>>; onSelect(step: string): void };

/** What a run came to, in a sentence, when it is not simply its results. */
export function RunOutcome({ shown: { run, steps }, titles, onSelect }: OutcomeProps) {
  if (run.fault)
    return (
      <ErrorNotice
        what="The studio met a fault of its own, and the run stands still."
        safe="What it reserved stays reserved; nothing more is spent."
        next={run.fault}
        code="run_faulted"
      />
    );
  if (run.outcome?.result !== "failed") return null;
  const { step, code, reason } = run.outcome;
  const node = steps.find((each) => each.step === step)?.node;
  return (
    <ErrorNotice
      what={node ? `${titles[node] ?? node}: ${reason || "the step ended without a result."}` : reason}
      safe="What was not spent was given back."
      code={code}
      actions={
        step && (
          <button type="button" className="font-strong underline" onClick={() => onSelect(step)}>
            Show the step
          </button>
        )
      }
    />
  );
}
