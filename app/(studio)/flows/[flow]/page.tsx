import type { Metadata } from "next";
import { Hydrated, orNotFound, serverQueries } from "@/app/server-queries";
import { Studio } from "@/components/canvas/studio";

export const metadata: Metadata = { title: "Studio" };

/** A flow on the canvas. What the first picture needs is read here, so that the browser asks for nothing before it. */
export default async function StudioPage({ params }: { params: Promise<{ flow: string }> }) {
  const { flow } = await params;
  const { queries, trpc } = serverQueries();
  await Promise.all([
    queries.fetchQuery(trpc.flows.get.queryOptions({ flow })).catch(orNotFound),
    queries.prefetchQuery(trpc.registry.agents.queryOptions()),
    queries.prefetchQuery(trpc.runs.list.queryOptions({ flow, take: 1 })),
  ]);
  return (
    <Hydrated queries={queries}>
      <Studio key={flow} flow={flow} />
    </Hydrated>
  );
}
