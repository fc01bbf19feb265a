import type { ShownRun } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { capitalised, endingOf } from "@/components/panels/runs/ending-words";
import { RetryRun } from "@/components/panels/runs/retry-run";
import { titleOf } from "@/components/panels/runs/status-words";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";

type OutcomeProps = { shown: ShownRun; titles: Readonly<Record<string, string>>; onSelect(step: string): void };

/** What a run came to, in a sentence, when it is not simply its results. */
export function RunOutcome({ shown: { run, steps }, titles, onSelect }: OutcomeProps) {
  const { id: me } = useAccount();
  if (run.fault)
    return (
      <ErrorNotice
        what="The studio met a fault of its own, and the run stands still."
        safe="What it reserved stays reserved; nothing more is spent."
        next={run.fault}
        code="run_faulted"
        actions={<RetryRun run={run.id} />}
      />
    );
  if (run.outcome?.result !== "failed") return null;
  const { step: id, path, code, reason } = run.outcome;
  const step = steps.find((each) => each.step === id && each.path.join() === path.join());
  const why = endingOf({ code, reason }, step?.by === me ? "you" : "somebody");
  return (
    <ErrorNotice
      what={step ? `${titleOf(step, titles)}: ${why}` : capitalised(why)}
      safe="What was not spent was given back."
      code={code}
      actions={step && <Button onClick={() => onSelect(step.key)}>Show the step</Button>}
    />
  );
}
