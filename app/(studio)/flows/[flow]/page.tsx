import type { Metadata } from "next";
import { Hydrated, orNotFound, serverQueries } from "@/app/server-queries";
import { Studio } from "@/components/canvas/studio";
import { agentsDrawn, strangersOf } from "@/components/panels/studio/agents-drawn";

export const metadata: Metadata = { title: "Studio" };

/** A flow on the canvas. What the first picture needs is read here, so that the browser asks for nothing before it. */
export default async function StudioPage({ params }: { params: Promise<{ flow: string }> }) {
  const { flow } = await params;
  const { queries, trpc } = serverQueries();
  const [{ document }, house] = await Promise.all([
    queries.fetchQuery(trpc.flows.get.queryOptions({ flow })).catch(orNotFound),
    queries.fetchQuery(trpc.registry.agents.queryOptions()),
    queries.prefetchQuery(trpc.runs.list.queryOptions({ flow, take: 1 })),
  ]);
  const agents = strangersOf(agentsDrawn(document), house);
  if (agents.length > 0) await queries.prefetchQuery(trpc.registry.manifests.queryOptions({ agents }));
  return (
    <Hydrated queries={queries}>
      <Studio key={flow} flow={flow} />
    </Hydrated>
  );
}
