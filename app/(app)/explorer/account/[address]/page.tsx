import type { Metadata } from "next";
import { AccountPage } from "@/components/panels/explorer/account-page";
import { Hydrated, orNotFound, serverQueries } from "../../../../server-queries";

export const metadata: Metadata = { title: "Account" };

export default async function OneAccountPage({ params }: { params: Promise<{ address: string }> }) {
  const { address } = await params;
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.explorer.account.queryOptions({ address })).catch(orNotFound);
  return (
    <Hydrated queries={queries}>
      <AccountPage address={address} />
    </Hydrated>
  );
}
