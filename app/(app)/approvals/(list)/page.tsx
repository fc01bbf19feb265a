import type { Metadata } from "next";
import { ApprovalInbox } from "@/components/panels/approvals/approval-inbox";
import { INBOX_PAGE } from "@/components/panels/approvals/inbox-columns";
import { Hydrated, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage() {
  const { queries, trpc } = serverQueries();
  await Promise.all([
    queries.fetchQuery(trpc.approvals.list.queryOptions({ state: "open", take: INBOX_PAGE })),
    queries.fetchQuery(trpc.approvals.list.queryOptions({ state: "settled" })),
    queries.fetchQuery(trpc.approvals.countOpen.queryOptions()),
    queries.prefetchQuery(trpc.runs.list.queryOptions({ take: 100 })),
  ]);
  return (
    <Hydrated queries={queries}>
      <ApprovalInbox />
    </Hydrated>
  );
}
