import type { Metadata } from "next";
import { POSTING_PAGES } from "@/components/api/pages";
import { WalletPage } from "@/components/panels/wallet/wallet-page";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Wallet" };

export default async function OwnWalletPage() {
  const { queries, trpc } = serverQueries();
  const page = { before: null, limit: POSTING_PAGES.size };
  const [first] = await Promise.all([
    queries.fetchQuery(trpc.wallet.postings.queryOptions(page)),
    queries.fetchQuery(trpc.wallet.balances.queryOptions()),
  ]);
  queries.removeQueries(trpc.wallet.postings.queryFilter(page)); // kept page by page, under a key of its own
  queries.setQueryData(POSTING_PAGES.key, { pages: [first], pageParams: [null] });
  return (
    <Hydrated queries={queries}>
      <WalletPage />
    </Hydrated>
  );
}
