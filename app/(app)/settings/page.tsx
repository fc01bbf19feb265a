import type { Metadata } from "next";
import { SettingsPage } from "@/components/panels/settings/settings-page";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Settings" };

export default async function OwnSettingsPage() {
  const { queries, trpc } = serverQueries();
  await Promise.all([
    queries.fetchQuery(trpc.secrets.list.queryOptions()),
    queries.fetchQuery(trpc.wallets.mine.queryOptions()),
    queries.fetchQuery(trpc.passkeys.mine.queryOptions()),
    queries.fetchQuery(trpc.notices.channels.queryOptions()),
    queries.fetchQuery(trpc.notices.addresses.queryOptions()),
    queries.fetchQuery(trpc.notices.wanted.queryOptions()),
    queries.fetchQuery(trpc.notices.settings.queryOptions()),
    queries.fetchQuery(trpc.policies.inForce.queryOptions()),
    queries.fetchQuery(trpc.organisations.list.queryOptions()),
    queries.fetchQuery(trpc.organisations.invitations.queryOptions()),
    queries.fetchQuery(trpc.delegations.list.queryOptions()),
    queries.fetchQuery(trpc.delegations.flows.queryOptions()),
    queries.fetchQuery(trpc.apiKeys.list.queryOptions()),
  ]);
  return (
    <Hydrated queries={queries}>
      <SettingsPage />
    </Hydrated>
  );
}
