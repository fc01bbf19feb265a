"use client";

import { SecretsPanel } from "@/components/panels/settings/secrets-panel";
import { WalletPanel } from "@/components/panels/wallets/wallet-panel";
import { Page } from "@/components/ui/page";

/** What a person has set for all of their flows. */
export function SettingsPage() {
  return (
    <Page
      title="Settings"
      text="The wallet of your account, and what agents need of you when they are called for your runs."
    >
      <WalletPanel />
      <SecretsPanel />
    </Page>
  );
}
