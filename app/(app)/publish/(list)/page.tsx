import type { Metadata } from "next";
import { PublishPage } from "@/components/panels/publishing/publish-page";
import { Hydrated, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Publish" };

export default async function OwnAgentsPage() {
  const { queries, trpc } = serverQueries();
  await Promise.all([
    queries.fetchQuery(trpc.publishing.mine.queryOptions()),
    queries.fetchQuery(trpc.publishing.drafts.queryOptions()),
    queries.prefetchQuery(trpc.publishing.isReviewer.queryOptions()),
  ]);
  return (
    <Hydrated queries={queries}>
      <PublishPage />
    </Hydrated>
  );
}
