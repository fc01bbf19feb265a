"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/api/trpc";
import { EscrowPanel } from "@/components/panels/explorer/escrow-panel";
import {
  AddressLink,
  ClusterNote,
  ExplorerNotice,
  Facts,
  Sol,
  TokenMoney,
  TransactionTable,
} from "@/components/panels/explorer/parts";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";
import type { ShownAccount } from "@/flows/ports/explorer";

const KINDS: Readonly<Record<ShownAccount["kind"], string>> = {
  nothing: "Nothing lies here yet",
  wallet: "A wallet",
  program: "A program",
  mint: "The mint of a token",
  tokens: "An account that holds tokens",
  escrow: "The escrow of a run",
  other: "An account of a program",
};

/** One account: what it is, what it holds, what happened to it; an escrow in words. */
export function AccountPage({ address }: { address: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.explorer.account.queryOptions({ address }));
  return (
    <Page
      title="Account"
      text={<span className="break-all font-mono">{address}</span>}
      width="wide"
      above={
        <Link href="/explorer" className="hover:underline">
          Explorer
        </Link>
      }
    >
      {data.ok ? <Account shown={data.value} /> : <ExplorerNotice error={data.error} />}
    </Page>
  );
}

function Account({ shown }: { shown: ShownAccount }) {
  const { cluster, escrow, kind, lamports, owner, bytes, tokens, transactions } = shown;
  return (
    <>
      <ClusterNote cluster={cluster} />
      <Panel title="What it is">
        <Facts
          facts={[
            ["Kind", KINDS[kind]],
            ["Holds", <Sol lamports={lamports} />],
            ["Belongs to", owner === null ? "nobody" : <AddressLink address={owner} whole />],
            ["Size", `${bytes.toLocaleString("en")} bytes`],
          ]}
        />
      </Panel>
      {escrow && <EscrowPanel escrow={escrow} />}
      {tokens.length > 0 && (
        <Panel title="Tokens" padding="flush">
          <Table label="Tokens" columns={TOKENS} rows={tokens} rowKey={({ account }) => account} />
        </Panel>
      )}
      {transactions.length > 0 ? (
        <Panel title="Transactions" padding="flush">
          <TransactionTable label="Transactions" lines={transactions} />
        </Panel>
      ) : (
        <EmptyState level={2} title="No transactions" text="None that landed on this chain names this account." />
      )}
    </>
  );
}

const TOKENS: readonly Column<ShownAccount["tokens"][number]>[] = [
  { key: "account", header: "Account", width: "fill", cell: ({ account }) => <AddressLink address={account} /> },
  { key: "mint", header: "Mint", cell: ({ mint }) => <AddressLink address={mint} /> },
  { key: "amount", header: "Amount", align: "end", cell: (token) => <TokenMoney {...token} /> },
];
