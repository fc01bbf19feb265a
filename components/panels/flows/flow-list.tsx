"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { Plus, Workflow } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { FlowInList } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { FlowMenu } from "@/components/panels/flows/flow-menu";
import { ImportFlow } from "@/components/panels/flows/import-flow";
import { NewFlowDialog } from "@/components/panels/flows/new-flow-dialog";
import { Moment } from "@/components/panels/runs/moment";
import { runShown } from "@/components/panels/runs/status-words";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";

const COLUMNS: readonly Column<FlowInList>[] = [
  {
    key: "name",
    header: "Name",
    width: "fill",
    cell: ({ id, name }) => (
      <Link href={`/flows/${id}`} prefetch={false} className="font-strong hover:underline">
        {name}
      </Link>
    ),
  },
  { key: "nodes", header: "Nodes", align: "end", narrow: "hide", cell: ({ nodes }) => nodes },
  { key: "run", header: "Last run", cell: ({ lastRun }) => <LastRun run={lastRun} /> },
  { key: "edited", header: "Edited", cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
  {
    key: "menu",
    header: <span className="sr-only">Actions</span>,
    align: "end",
    cell: (flow) => <FlowMenu flow={flow} />,
  },
];

function LastRun({ run }: { run: FlowInList["lastRun"] }) {
  if (!run) return <span className="text-faint">Never</span>;
  return (
    <Link href={`/runs/${run.id}`} prefetch={false} className="hover:underline">
      <StatusMark {...runShown(run)} />
    </Link>
  );
}

/** Every flow of the person, the last edited first. */
export function FlowList() {
  const trpc = useTRPC();
  const { data: flows } = useSuspenseQuery(trpc.flows.list.queryOptions());
  const [making, setMaking] = useState(false);
  const make = (
    <>
      <ImportFlow />
      <Button tone="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
        New flow
      </Button>
    </>
  );
  return (
    <Page
      title="Flows"
      text="What you have drawn. Opening one costs nothing; Run shows its worst case first."
      width="wide"
      actions={flows.length > 0 && make}
    >
      {flows.length > 0 ? (
        <div className="overflow-hidden rounded-card border bg-surface">
          <Table label="Flows" columns={COLUMNS} rows={flows} rowKey={({ id }) => id} />
        </div>
      ) : (
        <EmptyState
          level={2}
          icon={<Workflow aria-hidden />}
          title="No flows yet"
          text="A flow is agents and approvals wired together. Start from one of seven samples, which run as they are, or from an empty canvas."
          actions={make}
        />
      )}
      <NewFlowDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}
