import type { Metadata } from "next";
import { RunPage } from "@/components/panels/runs/run-page";
import { Hydrated, orNotFound, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Run" };

export default async function OneRunPage({ params }: { params: Promise<{ run: string }> }) {
  const { run } = await params;
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.runs.get.queryOptions({ run })).catch(orNotFound);
  return (
    <Hydrated queries={queries}>
      <RunPage run={run} />
    </Hydrated>
  );
}
