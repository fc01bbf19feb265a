import type { ShownRun } from "@/components/api/answers";
import { Named, Referred } from "@/components/panels/runs/step-values";
import { Panel } from "@/components/ui/panel";

/** What the flow was run for. A result whose branch was not taken is absent. */
export function RunResults({ shown: { run, plan } }: { shown: ShownRun }) {
  if (run.outcome?.result !== "succeeded") return null;
  const { results } = run.outcome;
  const absent = plan.results.filter(({ name }) => !(name in results));
  return (
    <Panel title="Results">
      <div className="flex min-w-0 flex-col gap-4">
        {Object.entries(results).map(([name, value]) => (
          <Named key={name} name={name}>
            <Referred run={run.id} value={value} label={name} />
          </Named>
        ))}
        {absent.length > 0 && (
          <p className="text-muted">
            Not on the way that was taken:{" "}
            <span className="font-mono">{absent.map(({ name }) => name).join(", ")}</span>
          </p>
        )}
        {plan.results.length === 0 && <p className="text-muted">The flow has no output node.</p>}
      </div>
    </Panel>
  );
}
