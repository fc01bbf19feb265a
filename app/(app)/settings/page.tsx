import type { Metadata } from "next";
import { SettingsPage } from "@/components/panels/settings/settings-page";
import { Hydrated, serverQueries } from "../../server-queries";

export const metadata: Metadata = { title: "Settings" };

export default async function OwnSettingsPage() {
  const { queries, trpc } = serverQueries();
  await queries.fetchQuery(trpc.secrets.list.queryOptions());
  return (
    <Hydrated queries={queries}>
      <SettingsPage />
    </Hydrated>
  );
}
