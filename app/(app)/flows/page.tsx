import type { Metadata } from "next";
import { FlowList } from "@/components/panels/flows/flow-list";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Flows" };

export default async function FlowsPage() {
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.flows.list.queryOptions());
  return (
    <Hydrated queries={queries}>
      <FlowList />
    </Hydrated>
  );
}
