"use client";

import { QuietPanel } from "@/components/panels/notices/quiet-panel";
import { WantedPanel } from "@/components/panels/notices/wanted-panel";
import { WaysPanel } from "@/components/panels/notices/ways-panel";
import { SecretsPanel } from "@/components/panels/settings/secrets-panel";
import { WalletPanel } from "@/components/panels/wallets/wallet-panel";
import { Page } from "@/components/ui/page";

/** What a person has set for all of their flows. */
export function SettingsPage() {
  return (
    <Page
      title="Settings"
      text="The wallet of your account, what you are told and where it is brought, and what agents need of you when they are called for your runs."
    >
      <WalletPanel />
      <WaysPanel />
      <WantedPanel />
      <QuietPanel />
      <SecretsPanel />
    </Page>
  );
}
