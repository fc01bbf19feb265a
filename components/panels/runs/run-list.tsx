"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import Link from "next/link";
import type { RunInList } from "@/components/api/answers";
import { nextRunsBefore, RUN_PAGES } from "@/components/api/pages";
import { useTRPCClient } from "@/components/api/trpc";
import { Older } from "@/components/panels/account/older";
import { Moment } from "@/components/panels/runs/moment";
import { RunTook } from "@/components/panels/runs/run-took";
import { runShown } from "@/components/panels/runs/status-words";
import { StoppedList } from "@/components/panels/runs/stopped-list";
import { WithoutRun } from "@/components/panels/runs/without-run";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { Page } from "@/components/ui/page";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";

const COLUMNS: readonly Column<RunInList>[] = [
  {
    key: "flow",
    header: "Flow",
    width: "fill",
    cell: ({ id, flowName }) => (
      <Link href={`/runs/${id}`} prefetch={false} className="font-strong hover:underline">
        {flowName}
      </Link>
    ),
  },
  { key: "status", header: "Status", cell: (run) => <StatusMark {...runShown(run)} /> },
  {
    key: "started",
    header: "Started",
    cell: ({ createdAt, startedBy }) => (
      <>
        <Moment at={createdAt} />
        {startedBy !== "person" && <span className="text-muted"> by {startedBy}</span>}
      </>
    ),
  },
  { key: "took", header: "Time", align: "end", narrow: "hide", cell: (run) => <RunTook run={run} /> },
  { key: "spent", header: "Spent", align: "end", cell: ({ spent }) => <Money {...spent} kind="spent" /> },
  {
    key: "bound",
    header: "Worst case",
    align: "end",
    narrow: "hide",
    cell: ({ budget }) => <Money {...budget} kind="worst" />,
  },
];

/** Every run that the person pays for, the latest first. */
export function RunList() {
  const client = useTRPCClient();
  const pages = useSuspenseInfiniteQuery({
    queryKey: RUN_PAGES.key,
    queryFn: ({ pageParam }) =>
      client.runs.list.query({ take: RUN_PAGES.size, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: null as Date | null,
    getNextPageParam: nextRunsBefore,
  });
  const runs = pages.data.pages.flat();
  return (
    <Page title="Runs" text="What your flows did, what it cost, and who agreed to it." width="wide">
      <StoppedList />
      <WithoutRun />
      {runs.length > 0 ? (
        <div className="overflow-hidden rounded-card border bg-surface">
          <Table label="Runs" columns={COLUMNS} rows={runs} rowKey={({ id }) => id} />
        </div>
      ) : (
        <EmptyState
          level={2}
          icon={<Play aria-hidden />}
          title="No runs yet"
          text="Open a flow and press Run. You are shown its worst case before it starts, and everything it does appears here as it happens."
          actions={
            <Link href="/flows" className={buttonStyle({ tone: "primary" })}>
              Choose a flow
            </Link>
          }
        />
      )}
      <Older pages={pages} of="runs" />
    </Page>
  );
}
