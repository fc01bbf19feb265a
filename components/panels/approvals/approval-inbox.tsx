"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useTRPC } from "@/components/api/trpc";
import { openColumns, settledColumns } from "@/components/panels/approvals/inbox-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Table } from "@/components/ui/table";

const NAMES_OF = 100;

/** What waits for the person's yes or no, the oldest first, and what was settled lately. */
export function ApprovalInbox() {
  const trpc = useTRPC();
  const { data: open } = useSuspenseQuery(trpc.approvals.list.queryOptions({ state: "open" }));
  const { data: settled } = useSuspenseQuery(trpc.approvals.list.queryOptions({ state: "settled" }));
  const { data: runs = [] } = useQuery(trpc.runs.list.queryOptions({ take: NAMES_OF }));
  const flows = new Map(runs.map(({ id, flowName }) => [id, flowName]));
  const rowKey = ({ operation }: { operation: string }) => operation;
  return (
    <Page
      title="Approvals"
      text="A run that asks you waits here, and pays for nothing behind the question until you answer."
      width="wide"
    >
      {open.length > 0 ? (
        <Panel title="Open" padding="flush" badge={<Count of={open.length} />}>
          <Table label="Open approvals" columns={openColumns(flows)} rows={open} rowKey={rowKey} />
        </Panel>
      ) : (
        <EmptyState
          level={2}
          icon={<Inbox aria-hidden />}
          title="Nothing waits for you"
          text="When a run reaches an approval that names you, it appears here at once and the number in the bar rises. To see one, run the sample Reviewed sales report."
        />
      )}
      {settled.length > 0 && (
        <Panel title="Settled" padding="flush" badge={<Count of={settled.length} />}>
          <Table label="Settled approvals" columns={settledColumns(flows)} rows={settled} rowKey={rowKey} />
        </Panel>
      )}
    </Page>
  );
}

function Count({ of }: { of: number }) {
  return <span className="font-mono text-12 text-muted tabular-nums">{of}</span>;
}
