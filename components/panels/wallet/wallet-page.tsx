"use client";

import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { nextPostingsBefore, POSTING_PAGES } from "@/components/api/pages";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { Older } from "@/components/panels/account/older";
import { BalanceCard } from "@/components/panels/wallet/balance-card";
import { POSTING_COLUMNS } from "@/components/panels/wallet/posting-columns";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Table } from "@/components/ui/table";

/** What the person has, and every posting that made it so. */
export function WalletPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { data: balances } = useSuspenseQuery(trpc.wallet.balances.queryOptions());
  const pages = useSuspenseInfiniteQuery({
    queryKey: POSTING_PAGES.key,
    queryFn: ({ pageParam }) => client.wallet.postings.query({ before: pageParam, limit: POSTING_PAGES.size }),
    initialPageParam: null as bigint | null,
    getNextPageParam: nextPostingsBefore,
  });
  const postings = pages.data.pages.flat();
  return (
    <Page
      title="Wallet"
      text="What you have, what is set aside for runs, and every posting behind it."
      width="wide"
      actions={
        <Link href="/explorer" className={buttonStyle({})}>
          Explorer
        </Link>
      }
    >
      <section aria-label="Balances" className="grid gap-4 sm:grid-cols-2">
        {balances.map((balance) => (
          <BalanceCard key={balance.free.currency} balance={balance} />
        ))}
      </section>
      {postings.length > 0 ? (
        <Panel title="Postings" padding="flush">
          <Table label="Postings" columns={POSTING_COLUMNS} rows={postings} rowKey={({ id }) => id.toString()} />
        </Panel>
      ) : (
        <EmptyState
          level={2}
          title="No postings yet"
          text="Every movement of credits is written down here: what a run reserves, what it pays an agent, and what returns to you."
        />
      )}
      <Older pages={pages} of="postings" />
    </Page>
  );
}
