"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ListChecks, Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { toast } from "@/components/ui/toast";
import { TrialChecks } from "./trial-checks";

const PACE_MS = 500;

type TrialProps = { draft: string; whole: boolean; save(): Promise<boolean> };

/** The checks of exactly what is saved, as they come; and handing it in once all of them have passed. */
export function TrialPanel({ draft, whole, save }: TrialProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { data: trial } = useQuery(
    trpc.publishing.trial.queryOptions(
      { draft },
      { refetchInterval: ({ state }) => (state.data?.state === "queued" ? PACE_MS : false) },
    ),
  );
  const again = () => queries.invalidateQueries(trpc.publishing.trial.queryFilter({ draft }));
  const start = useMutation(trpc.publishing.startTrial.mutationOptions({ onSuccess: again }));
  const submit = useMutation(
    trpc.publishing.submit.mutationOptions({
      onSuccess: async ({ agent }) => {
        await queries.invalidateQueries(trpc.publishing.pathFilter());
        toast({ status: "done", title: `${agent} was handed in for review.` });
        router.push("/publish");
      },
    }),
  );
  const isRunning = trial?.state === "queued";

  async function check() {
    submit.reset();
    if (await save()) start.mutate({ draft });
  }
  async function handIn() {
    if (await save()) submit.mutate({ draft });
  }

  return (
    <Panel title="Checks">
      <div className="flex flex-col gap-4">
        <p className="text-muted">
          The studio calls your agent as a run would, cuts an answer off, sends nonsense, and looks whether it goes on
          once it is paid. Nothing is paid for it.
        </p>
        {trial && <TrialChecks trial={trial} />}
        <p role="status" className="text-muted empty:hidden">
          {trial && summaryOf(trial)}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            tone={trial?.state === "passed" ? "secondary" : "primary"}
            icon={<ListChecks aria-hidden />}
            busy={start.isPending || isRunning}
            disabled={!whole}
            onClick={() => void check()}
          >
            {trial ? "Check again" : "Check the agent"}
          </Button>
          <Button
            tone={trial?.state === "passed" ? "primary" : "secondary"}
            icon={<Send aria-hidden />}
            busy={submit.isPending}
            disabled={!whole || trial?.state !== "passed"}
            onClick={() => void handIn()}
          >
            Hand in for review
          </Button>
        </div>
        <ApiFault fault={submit.error ?? start.error} />
      </div>
    </Panel>
  );
}

function summaryOf({ state, checks }: { state: string; checks: readonly { result: string }[] }): string {
  if (state === "queued") return "The checks are under way.";
  const failed = checks.filter(({ result }) => result === "failed").length;
  return state === "passed"
    ? "Every check passed."
    : `${failed} ${failed === 1 ? "check" : "checks"} failed. Mend it, then check again.`;
}
