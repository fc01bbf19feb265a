import type { Metadata } from "next";
import { AgentPage } from "@/components/panels/registry/agent-page";
import { Hydrated, orNotFound, serverQueries } from "../../../../server-queries";

export const metadata: Metadata = { title: "Agent" };

type Params = Promise<{ publisher: string; name: string }>;

export default async function OneAgentPage({ params }: { params: Params }) {
  const { publisher, name: own } = await params;
  const name = `${publisher}/${own}`;
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.registry.agent.queryOptions({ name })).catch(orNotFound);
  return (
    <Hydrated queries={queries}>
      <AgentPage name={name} />
    </Hydrated>
  );
}
