import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Providers } from "@/components/api/providers";
import { ToastRegion } from "@/components/ui/toast";
import { Hydrated, serverQueries } from "./server-queries";

/** Everything behind the door: who is signed in, the API, live moves, notifications. Visitors are shown the door. */
export async function SignedIn({ children }: { children: ReactNode }) {
  const { queries, trpc } = serverQueries();
  const me = await queries.fetchQuery(trpc.account.me.queryOptions());
  if (!me) redirect("/");
  await queries.prefetchQuery(trpc.approvals.countOpen.queryOptions());
  return (
    <Providers account={{ id: me.id, name: me.name }}>
      <Hydrated queries={queries}>{children}</Hydrated>
      <ToastRegion />
    </Providers>
  );
}
