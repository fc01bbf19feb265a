"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import Link from "next/link";
import type { ShownNotice } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { Moment } from "@/components/panels/runs/moment";

/** Notices as a list; one that is opened is read. */
export function NoticeItems({ notices, onOpen }: { notices: readonly ShownNotice[]; onOpen?: () => void }) {
  const read = useMarkRead();
  return (
    <ul>
      {notices.map((notice) => (
        <li key={notice.id} className="border-b last:border-b-0">
          <Link
            href={notice.path}
            prefetch={false}
            onClick={() => {
              if (!notice.readAt) read.mutate({ ids: [notice.id] });
              onOpen?.();
            }}
            className="quick flex min-w-0 gap-3 px-4 py-3 hover:bg-hover"
          >
            <span
              aria-hidden
              className={clsx("mt-1.5 size-2 shrink-0 rounded-card", notice.readAt ? "bg-transparent" : "bg-accent")}
            />
            <span className="flex min-w-0 flex-1 flex-col gap-1">
              <span className="flex items-baseline justify-between gap-3">
                <span className={clsx("min-w-0 break-words", !notice.readAt && "font-strong")}>
                  {!notice.readAt && <span className="sr-only">Unread: </span>}
                  {notice.title}
                  {notice.times > 1 && <span className="text-muted">, {notice.times} times</span>}
                </span>
                <span className="shrink-0 text-12 text-muted">
                  <Moment at={notice.at} />
                </span>
              </span>
              <span className="break-words text-12 text-muted">{notice.text}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function useMarkRead() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.notices.markRead.mutationOptions({ onSettled: () => queries.invalidateQueries(trpc.notices.pathFilter()) }),
  );
}
