"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "@/components/api/trpc";
import { NoticeItems, useMarkRead } from "@/components/panels/notices/notice-items";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";

const SHOWN = 6;
const MOST_COUNTED = 99;

/** How much is unread, and the latest of it. */
export function NoticeBell() {
  const trpc = useTRPC();
  const { data: unread = 0 } = useQuery(trpc.notices.countUnread.queryOptions());
  const label = unread > 0 ? `Notices, ${unread} unread` : "Notices";
  return (
    <span className="relative inline-flex">
      <Popover label="Notices" trigger={<IconButton label={label} icon={<Bell />} />}>
        <Latest unread={unread} />
      </Popover>
      {unread > 0 && (
        <span
          aria-hidden
          className="pointer-events-none absolute -top-0.5 -right-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-card bg-accent px-1 font-mono text-12 text-on-accent tabular-nums"
        >
          {unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}
        </span>
      )}
    </span>
  );
}

function Latest({ unread }: { unread: number }) {
  const trpc = useTRPC();
  const { data: notices, isPending } = useQuery(trpc.notices.list.queryOptions({ take: SHOWN }));
  const read = useMarkRead();
  return (
    <div data-density="studio" className="-m-3 flex flex-col">
      <div className="flex min-h-control items-center justify-between gap-2 border-b px-4 py-1">
        <h2 className="text-body">Notices</h2>
        {unread > 0 && (
          <Button tone="ghost" busy={read.isPending} onClick={() => read.mutate({})}>
            Mark all as read
          </Button>
        )}
      </div>
      <div className="max-h-96 overflow-auto">
        {notices && notices.length > 0 ? (
          <NoticeItems notices={notices} />
        ) : (
          <p className="px-4 py-6 text-muted">
            {isPending ? "Reading." : "Nothing yet. Approvals that are asked of you and ends of your runs come here."}
          </p>
        )}
      </div>
      <div className="flex justify-between gap-4 border-t px-4 py-2">
        <Link href="/notices" className="flex min-h-control items-center text-accent underline underline-offset-2">
          All notices
        </Link>
        <Link href="/settings" className="flex min-h-control items-center text-accent underline underline-offset-2">
          What you are told
        </Link>
      </div>
    </div>
  );
}
