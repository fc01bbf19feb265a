import type { Metadata } from "next";
import { RUN_PAGES, STOPPED_PAGES } from "@/components/api/pages";
import { RunList } from "@/components/panels/runs/run-list";
import { Hydrated, serverQueries } from "../../../server-queries";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage() {
  const { queries, trpc } = serverQueries();
  const [first, stopped] = await Promise.all([
    queries.fetchQuery(trpc.runs.list.queryOptions({ take: RUN_PAGES.size })),
    queries.fetchQuery(trpc.runs.stopped.queryOptions({ take: STOPPED_PAGES.size })),
  ]);
  queries.clear(); // what is read page by page is kept under a key of its own
  queries.setQueryData(RUN_PAGES.key, { pages: [first], pageParams: [null] });
  queries.setQueryData(STOPPED_PAGES.key, { pages: [stopped], pageParams: [null] });
  return (
    <Hydrated queries={queries}>
      <RunList />
    </Hydrated>
  );
}
