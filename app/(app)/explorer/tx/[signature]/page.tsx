import type { Metadata } from "next";
import { TransactionPage } from "@/components/panels/explorer/transaction-page";
import { Hydrated, orNotFound, serverQueries } from "../../../../server-queries";

export const metadata: Metadata = { title: "Transaction" };

export default async function OneTransactionPage({ params }: { params: Promise<{ signature: string }> }) {
  const { signature } = await params;
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.explorer.transaction.queryOptions({ signature })).catch(orNotFound);
  return (
    <Hydrated queries={queries}>
      <TransactionPage signature={signature} />
    </Hydrated>
  );
}
