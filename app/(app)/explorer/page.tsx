import type { Metadata } from "next";
import { OverviewPage } from "@/components/panels/explorer/overview-page";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Explorer" };

export default async function ExplorerPage() {
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.explorer.overview.queryOptions());
  return (
    <Hydrated queries={queries}>
      <OverviewPage />
    </Hydrated>
  );
}
