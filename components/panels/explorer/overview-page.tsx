"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { ExplorerSearch } from "@/components/panels/explorer/explorer-search";
import { ClusterNote, ExplorerNotice, Facts, TransactionTable } from "@/components/panels/explorer/parts";
import { Moment } from "@/components/panels/runs/moment";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import type { ChainOverview } from "@/flows/ports/explorer";

const OFTEN_MS = 5_000;

/** What the chain is, where it stands, and what happened on it lately. */
export function OverviewPage() {
  const trpc = useTRPC();
  const asked = useSuspenseQuery({ ...trpc.explorer.overview.queryOptions(), refetchInterval: OFTEN_MS });
  const { data } = asked;
  return (
    <Page
      title="Explorer"
      text="What is on the chain, as the chain itself says."
      width="wide"
      actions={<Button onClick={() => void asked.refetch()}>Look again</Button>}
    >
      {data.ok && <ClusterNote cluster={data.value.cluster} />}
      <ExplorerSearch />
      {data.ok ? <Latest overview={data.value} /> : <ExplorerNotice error={data.error} />}
    </Page>
  );
}

function Latest({ overview: { cluster, slot, at, latest } }: { overview: ChainOverview }) {
  return (
    <>
      <Panel title="Now">
        <Facts
          facts={[
            ["Chain", cluster.name],
            ["Slot", <span className="font-mono tabular-nums">{slot.toLocaleString("en")}</span>],
            ["Its clock", at === null ? "unknown" : <Moment at={new Date(at)} look="exact" />],
          ]}
        />
      </Panel>
      {latest.length > 0 ? (
        <Panel title="Latest transactions of the escrow program and the studio" padding="flush">
          <TransactionTable label="Latest transactions" lines={latest} />
        </Panel>
      ) : (
        <EmptyState
          level={2}
          title="No transactions yet"
          text="What the escrow program and the studio's own keys do on this chain will be listed here."
        />
      )}
    </>
  );
}
