import type { Metadata } from "next";
import { DraftPage } from "@/components/panels/publishing/draft-page";
import { Hydrated, orNotFound, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Draft" };

export default async function OneDraftPage({ params }: { params: Promise<{ draft: string }> }) {
  const { draft } = await params;
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.publishing.draft.queryOptions({ draft })).catch(orNotFound);
  return (
    <Hydrated queries={queries}>
      <DraftPage key={draft} draft={draft} />
    </Hydrated>
  );
}
