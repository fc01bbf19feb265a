import type { Metadata } from "next";
import { ApprovalInbox } from "@/components/panels/approvals/approval-inbox";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage() {
  const { queries, trpc } = serverQueries();
  await Promise.all([
    queries.fetchQuery(trpc.approvals.list.queryOptions({ state: "open" })),
    queries.fetchQuery(trpc.approvals.list.queryOptions({ state: "settled" })),
    queries.prefetchQuery(trpc.runs.list.queryOptions({ take: 100 })),
  ]);
  return (
    <Hydrated queries={queries}>
      <ApprovalInbox />
    </Hydrated>
  );
}
