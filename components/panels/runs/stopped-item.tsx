import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { StoppedThing } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { Button } from "@/components/ui/button";

/** One thing that stopped: of which flow, why, since when; to be tried again, or set aside. */
export function StoppedItem({ thing }: { thing: StoppedThing }) {
  const { run, flowName, cause, since } = thing;
  const { retry, setAside } = useAnswers(thing);
  const busy = retry.isPending || setAside.isPending;
  return (
    <div className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <Link href={`/runs/${run}`} prefetch={false} className="min-w-0 break-words font-strong hover:underline">
              {flowName}
            </Link>
            <span className="text-12 text-muted">
              since <Moment at={since} />
            </span>
          </p>
          <p>{WHAT[thing.kind].what}</p>
          <p className="break-words text-muted">{cause}</p>
          <p className="text-12 text-faint">{WHAT[thing.kind].aside}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            busy={retry.isPending}
            disabled={busy && !retry.isPending}
            aria-label={`Retry: ${flowName}`}
            onClick={retry.send}
          >
            Retry
          </Button>
          <Button
            tone="ghost"
            busy={setAside.isPending}
            disabled={busy && !setAside.isPending}
            aria-label={`Set aside: ${flowName}`}
            onClick={setAside.send}
          >
            Set aside
          </Button>
        </div>
      </div>
      <ApiFault fault={retry.error ?? setAside.error} />
    </div>
  );
}

const WHAT: Record<StoppedThing["kind"], { what: string; aside: string }> = {
  run: {
    what: "The run stands still at a fault of the studio's own.",
    aside: "What it reserved stays reserved until it goes on, also when it is set aside. Nothing more is spent.",
  },
  letter: {
    what: "The run could not take a message, and goes on without it.",
    aside: "Set aside, the message is not sent again. Nothing was paid for it.",
  },
};

/** The two answers, each with where it stands. Whatever came of one, the lists are read anew. */
function useAnswers(thing: StoppedThing) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.runs.pathFilter());
  const retryRun = useMutation(trpc.runs.retry.mutationOptions({ onSettled }));
  const retryLetter = useMutation(trpc.runs.retryLetter.mutationOptions({ onSettled }));
  const setAside = useMutation(trpc.runs.setAside.mutationOptions({ onSettled }));
  const isRun = thing.kind === "run";
  const { isPending, error } = isRun ? retryRun : retryLetter;
  const send = () => (isRun ? retryRun.mutate({ run: thing.run }) : retryLetter.mutate({ letter: thing.letter }));
  const aside = () => setAside.mutate(isRun ? { run: thing.run } : { letter: thing.letter });
  return {
    retry: { isPending, error, send },
    setAside: { isPending: setAside.isPending, error: setAside.error, send: aside },
  };
}
