import type { Metadata } from "next";
import { ApprovalPage } from "@/components/panels/approvals/approval-page";
import { Hydrated, orNotFound, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Approval" };

/** Shows a question. Looking never decides: link previews look, too. */
export default async function OneApprovalPage({ params }: { params: Promise<{ operation: string }> }) {
  const operation = decodeURIComponent((await params).operation);
  const { queries, trpc } = serverQueries();
  const shown = await queries.fetchQuery(trpc.approvals.get.queryOptions({ operation })).catch(orNotFound);
  await Promise.all([
    queries.prefetchQuery(trpc.runs.get.queryOptions({ run: shown.question.run })),
    queries.prefetchQuery(trpc.wallets.mine.queryOptions()),
    queries.prefetchQuery(trpc.passkeys.mine.queryOptions()),
  ]);
  return (
    <Hydrated queries={queries}>
      <ApprovalPage operation={operation} />
    </Hydrated>
  );
}
