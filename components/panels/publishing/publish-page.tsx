"use client";

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Plus, Upload } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { OwnVersion } from "./own-version";

/** What one publishes: drafts, versions and what they are at, and what they earned. */
export function PublishPage() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { data: mine } = useSuspenseQuery(trpc.publishing.mine.queryOptions());
  const { data: drafts } = useSuspenseQuery(trpc.publishing.drafts.queryOptions());
  const { data: reviews } = useQuery(trpc.publishing.isReviewer.queryOptions());
  const create = useMutation(
    trpc.publishing.createDraft.mutationOptions({
      onSuccess: ({ draft }) => {
        void queries.invalidateQueries(trpc.publishing.drafts.queryFilter());
        router.push(`/publish/${draft}`);
      },
    }),
  );
  const begin = (
    <Button tone="primary" icon={<Plus aria-hidden />} busy={create.isPending} onClick={() => create.mutate({})}>
      New agent
    </Button>
  );
  const { versions, earned } = mine;
  return (
    <Page
      title="Publish"
      text="Agents of yours that others call, and what they earn."
      width="wide"
      actions={
        <>
          {reviews && (
            <Link href="/publish/review" className={buttonStyle({})}>
              Reviewer&apos;s queue
            </Link>
          )}
          {begin}
        </>
      }
    >
      <ApiFault fault={create.error} />
      <Panel title="Earnings">
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          <Figure title="In all">
            <Money currency="microcredits" amount={earned.all} className="text-20" />
          </Figure>
          <Figure title="In the last 30 days">
            <Money currency="microcredits" amount={earned.lastThirtyDays} className="text-20" />
          </Figure>
          <Figure title="Calls paid">
            <span className="font-mono text-20 tabular-nums">{earned.calls.toLocaleString("en")}</span>
          </Figure>
        </dl>
      </Panel>
      {versions.length > 0 && (
        <Panel title="Agents" padding="flush">
          <ul>
            {versions.map((version) => (
              <OwnVersion key={version.manifest.agent} version={version} />
            ))}
          </ul>
        </Panel>
      )}
      {drafts.length > 0 && (
        <Panel title="Drafts" padding="flush">
          <ul>
            {drafts.map(({ id, form, updatedAt }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-4 border-b px-4 py-2 last:border-b-0">
                <Link
                  href={`/publish/${id}`}
                  prefetch={false}
                  className="min-w-0 break-words font-strong hover:underline"
                >
                  {form.title || "A new agent"}
                </Link>
                <span className="font-mono text-12 text-muted">{form.version}</span>
                <span className="ml-auto text-12 text-faint">
                  <Moment at={updatedAt} />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {drafts.length === 0 && versions.length === 0 && (
        <EmptyState
          level={2}
          icon={<Upload aria-hidden />}
          title="Nothing published yet"
          text="An agent is a process of yours that answers over HTTP. Fill in one form, watch the studio check it, and have it reviewed; each call of it that delivers is paid to you."
          actions={begin}
        />
      )}
    </Page>
  );
}

function Figure({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-muted">{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
