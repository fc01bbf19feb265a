import type { Metadata } from "next";
import { INBOX_PAGES } from "@/components/api/pages";
import { ApprovalInbox } from "@/components/panels/approvals/approval-inbox";
import { Hydrated, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage() {
  const { queries, trpc } = serverQueries();
  const [first] = await Promise.all([
    queries.fetchQuery(trpc.approvals.list.queryOptions({ state: "open", take: INBOX_PAGES.size })),
    queries.fetchQuery(trpc.approvals.list.queryOptions({ state: "settled" })),
    queries.fetchQuery(trpc.approvals.countOpen.queryOptions()),
    queries.prefetchQuery(trpc.runs.list.queryOptions({ take: 100 })),
  ]);
  // What is read page by page is kept under a key of its own.
  queries.removeQueries(trpc.approvals.list.queryFilter({ state: "open" }));
  queries.setQueryData(INBOX_PAGES.key, { pages: [first], pageParams: [null] });
  return (
    <Hydrated queries={queries}>
      <ApprovalInbox />
    </Hydrated>
  );
}
