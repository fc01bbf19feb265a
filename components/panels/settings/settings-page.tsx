"use client";

import { QuietPanel } from "@/components/panels/notices/quiet-panel";
import { WantedPanel } from "@/components/panels/notices/wanted-panel";
import { WaysPanel } from "@/components/panels/notices/ways-panel";
import { RulesPanel } from "@/components/panels/rules/rules-panel";
import { KeysPanel } from "@/components/panels/settings/keys-panel";
import { PasskeysPanel } from "@/components/panels/settings/passkeys-panel";
import { PeoplePanel } from "@/components/panels/settings/people-panel";
import { SecretsPanel } from "@/components/panels/settings/secrets-panel";
import { StandingInPanel } from "@/components/panels/settings/standing-in-panel";
import { WalletPanel } from "@/components/panels/wallets/wallet-panel";
import { Page } from "@/components/ui/page";

/** What a person has set for all of their flows. */
export function SettingsPage() {
  return (
    <Page
      title="Settings"
      text="The wallet and the passkeys of your account, what you are told, what your runs may spend, who can be asked and who stands in for you, and what programs and agents are given in your name."
    >
      <WalletPanel />
      <PasskeysPanel />
      <WaysPanel />
      <WantedPanel />
      <QuietPanel />
      <RulesPanel />
      <PeoplePanel />
      <StandingInPanel />
      <KeysPanel />
      <SecretsPanel />
    </Page>
  );
}
