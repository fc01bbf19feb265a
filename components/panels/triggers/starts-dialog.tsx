"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { TriggerStart } from "@/components/api/answers";
import { explainDomainError } from "@/components/api/explain-api-error";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { StatusMark } from "@/components/ui/status-mark";
import type { TriggerId } from "@/flows/basics/ids";
import { ApiFault } from "../account/api-fault";
import { Moment } from "../runs/moment";

const SHOWN = {
  queued: { status: "waiting", word: "Queued" },
  admitted: { status: "waiting", word: "Starting" },
  started: { status: "done", word: "Started" },
  refused: { status: "denied", word: "Refused" },
} as const;

/** What a trigger did lately: the run, or the cause why there is none. */
export function StartsDialog({ trigger, title, onClose }: { trigger: TriggerId; title: string; onClose(): void }) {
  const trpc = useTRPC();
  const { data: starts, error } = useQuery(trpc.triggers.starts.queryOptions({ trigger, take: 20 }));
  return (
    <Dialog open onClose={onClose} title={`Last starts of ${title}`} actions={<Button onClick={onClose}>Close</Button>}>
      <ApiFault fault={error} />
      {starts?.length === 0 && <p className="text-muted">It has not fired yet. What it starts appears here.</p>}
      <ul className="flex flex-col gap-3">
        {starts?.map((start) => (
          <Start key={start.key} start={start} />
        ))}
      </ul>
    </Dialog>
  );
}

function Start({ start: { at, key, run, state, cause } }: { start: TriggerStart }) {
  return (
    <li className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-3">
        <StatusMark {...SHOWN[state]} />
        <Moment at={at} />
        <code className="min-w-0 truncate text-12 text-faint">{key}</code>
        {state === "started" && (
          <Link href={`/runs/${run}`} prefetch={false} className="ml-auto underline">
            Open the run
          </Link>
        )}
      </p>
      {cause && <Cause cause={cause} />}
    </li>
  );
}

function Cause({ cause }: { cause: NonNullable<TriggerStart["cause"]> }) {
  const { what, next, code } = explainDomainError(cause);
  return (
    <p className="text-12 text-muted">
      {what} {next} <code className="text-faint">{code}</code>
    </p>
  );
}
