"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import Link from "next/link";
import { NOTICE_PAGES, nextNoticesBefore } from "@/components/api/pages";
import { useTRPCClient } from "@/components/api/trpc";
import { Older } from "@/components/panels/account/older";
import { NoticeItems, useMarkRead } from "@/components/panels/notices/notice-items";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";

/** Everything that a person was told in the studio, the latest first. */
export function NoticesPage() {
  const client = useTRPCClient();
  const read = useMarkRead();
  const pages = useSuspenseInfiniteQuery({
    queryKey: NOTICE_PAGES.key,
    queryFn: ({ pageParam }) => client.notices.list.query({ take: NOTICE_PAGES.size, before: pageParam }),
    initialPageParam: null as Date | null,
    getNextPageParam: nextNoticesBefore,
  });
  const notices = pages.data.pages.flat();
  const unread = notices.some(({ readAt }) => readAt === null);
  return (
    <Page
      title="Notices"
      text={
        <>
          What happened while you were elsewhere. Where else it is brought you choose under{" "}
          <Link href="/settings" className="underline">
            Settings
          </Link>
          .
        </>
      }
      actions={
        unread && (
          <Button busy={read.isPending} onClick={() => read.mutate({})}>
            Mark all as read
          </Button>
        )
      }
    >
      {notices.length > 0 ? (
        <Panel title="Latest" padding="flush">
          <NoticeItems notices={notices} />
          {pages.hasNextPage && (
            <div className="border-t p-4">
              <Older pages={pages} of="notices" />
            </div>
          )}
        </Panel>
      ) : (
        <EmptyState
          level={2}
          icon={<Bell aria-hidden />}
          title="Nothing yet"
          text="Approvals that are asked of you, answers to your own, and ends of your runs come here at once."
        />
      )}
    </Page>
  );
}
