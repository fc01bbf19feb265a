"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { RunInList } from "@/components/api/answers";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { Moment } from "@/components/panels/runs/moment";
import { RunOutcome } from "@/components/panels/runs/run-outcome";
import { RunResults } from "@/components/panels/runs/run-results";
import { isOver, runShown } from "@/components/panels/runs/status-words";
import { StepProgress } from "@/components/panels/runs/step-progress";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";
import { toast } from "@/components/ui/toast";
import type { FlowId } from "@/flows/basics/ids";
import { referredIn } from "@/flows/ports/values";

const SHOWN = 10;

/** A person's own tries of one version: the latest whole, those before it as a list. */
export function Tries({ flow }: { flow: FlowId }) {
  const trpc = useTRPC();
  const { data: runs = [] } = useQuery(trpc.runs.list.queryOptions({ flow, take: SHOWN }));
  const [latest] = runs;
  if (!latest) return null;
  return (
    <>
      <Latest run={latest.id} />
      <Panel title="Your tries" padding="flush">
        <ul>
          {runs.map((run) => (
            <Tried key={run.id} run={run} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Tried({ run }: { run: RunInList }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-2 last:border-b-0">
      <StatusMark {...runShown(run)} />
      <Link href={`/runs/${run.id}`} prefetch={false} className="underline">
        <Moment at={run.createdAt} />
      </Link>
      <span className="ml-auto">
        <Money {...run.spent} kind="spent" />
      </span>
    </li>
  );
}

/** What the latest try comes to, as it happens. */
function Latest({ run }: { run: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const { data: shown } = useQuery(trpc.runs.get.queryOptions({ run }));
  if (!shown) return null;
  const call = shown.steps.find(({ status }) => status === "running");
  const outcome = shown.run.outcome;
  const titles = Object.fromEntries(shown.document.nodes.map(({ id, title }) => [id, title]));
  const open = (step: string) => router.push(`/runs/${run}?step=${encodeURIComponent(step)}`);

  async function save() {
    if (outcome?.result !== "succeeded") return;
    const { results } = outcome;
    const digests = [
      ...new Set(Object.values(results).flatMap((one) => (one.from === "constant" ? [] : [one.digest]))),
    ];
    const values = new Map(
      await Promise.all(
        digests.map(async (digest) => [digest, await client.runs.value.query({ run, digest })] as const),
      ),
    );
    const whole = Object.fromEntries(
      Object.entries(results).map(([name, one]) => [
        name,
        one.from === "constant" ? one.value : (referredIn(values.get(one.digest) ?? null, one) ?? null),
      ]),
    );
    saveJson(`result-${run}.json`, whole);
  }

  return (
    <section aria-label="Latest try" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <StatusMark look="tag" {...runShown(shown.run)} />
        <Link href={`/runs/${run}`} className="underline">
          Open the run and its receipts
        </Link>
      </div>
      {call && <StepProgress run={run} step={call.key} />}
      {isOver(shown.run.status) && <RunOutcome shown={shown} titles={titles} onSelect={open} />}
      <RunResults shown={shown} />
      {outcome?.result === "succeeded" && (
        <div>
          <Button
            icon={<Download aria-hidden />}
            onClick={() => void save().catch(() => toast({ status: "failed", title: "The result could not be read." }))}
          >
            Download the result
          </Button>
        </div>
      )}
    </section>
  );
}

function saveJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
