import Link from "next/link";
import type { ReactNode } from "react";
import type { ShownRun } from "@/components/api/answers";
import { Moment } from "@/components/panels/runs/moment";
import { ReceiptsMark } from "@/components/panels/runs/receipts-mark";
import { RunTook } from "@/components/panels/runs/run-took";
import { isOver } from "@/components/panels/runs/status-words";
import type { Receipts } from "@/components/panels/runs/use-receipts";
import { BoundMeter } from "@/components/ui/bound-meter";
import { Hash } from "@/components/ui/hash";

/** What a run cost of what it could, how long it took, what it ran, and whether its receipts hold. */
export function RunSummary({ shown: { run, forkOf }, receipts }: { shown: ShownRun; receipts: Receipts }) {
  const reserved = isOver(run.status) || run.status === "queued" ? 0n : run.budget.amount - run.spent.amount;
  return (
    <section aria-label="Summary" className="flex flex-wrap gap-x-12 gap-y-4">
      <BoundMeter
        currency={run.budget.currency}
        bound={run.budget.amount}
        spent={run.spent.amount}
        reserved={reserved}
        className="min-w-0 basis-full md:flex-1 md:basis-0"
      />
      <Facts>
        <dt className="text-muted">Started</dt>
        <dd>
          <Moment at={run.createdAt} look="exact" />
          {run.startedBy !== "person" && ` by ${run.startedBy}`}
        </dd>
        <dt className="text-muted">Time</dt>
        <dd>
          <RunTook run={run} />
        </dd>
      </Facts>
      <Facts>
        <dt className="text-muted">Receipts</dt>
        <dd>
          <ReceiptsMark receipts={receipts} />
        </dd>
        <dt className="text-muted">Flow</dt>
        <dd className="flex flex-wrap gap-x-3">
          <Link href={`/flows/${run.flow}`} prefetch={false} className="underline">
            Version {run.flowVersion}
          </Link>
          <Hash value={run.plan} of="plan" />
        </dd>
        {forkOf && (
          <>
            <dt className="text-muted">Forked from</dt>
            <dd>
              <Link href={`/runs/${forkOf.run}`} prefetch={false} className="underline">
                Another run, after event {forkOf.seq}
              </Link>
            </dd>
          </>
        )}
      </Facts>
    </section>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_1fr] content-start gap-x-4 gap-y-1 text-12">{children}</dl>;
}
