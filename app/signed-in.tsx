import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Providers } from "@/components/api/providers";
import { LiveNotice } from "@/components/panels/account/live-notice";
import { ToastRegion } from "@/components/ui/toast";
import { Hydrated, serverQueries } from "./server-queries";

/** Everything behind the door: who is signed in, the API, live moves, notifications. Visitors are shown the door. */
export async function SignedIn({ children }: { children: ReactNode }) {
  const { queries, trpc } = serverQueries();
  const [me] = await Promise.all([
    queries.fetchQuery(trpc.account.me.queryOptions()),
    queries.prefetchQuery(trpc.notices.countUnread.queryOptions()),
    queries.prefetchQuery(trpc.approvals.countOpen.queryOptions()), // of a visitor it is refused, which keeps nothing
  ]);
  if (!me) redirect("/");
  return (
    <Providers account={{ id: me.id, name: me.name, wallet: me.wallet }}>
      <Hydrated queries={queries}>{children}</Hydrated>
      <LiveNotice />
      <ToastRegion />
    </Providers>
  );
}
