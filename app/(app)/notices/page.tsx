import type { Metadata } from "next";
import { NOTICE_PAGES } from "@/components/api/pages";
import { NoticesPage } from "@/components/panels/notices/notices-page";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Notices" };

export default async function OwnNoticesPage() {
  const { queries, trpc } = serverQueries();
  const first = await queries.fetchQuery(trpc.notices.list.queryOptions({ take: NOTICE_PAGES.size }));
  queries.clear(); // what is read page by page is kept under a key of its own
  queries.setQueryData(NOTICE_PAGES.key, { pages: [first], pageParams: [null] });
  return (
    <Hydrated queries={queries}>
      <NoticesPage />
    </Hydrated>
  );
}
