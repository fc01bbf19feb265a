"use client";

import { useQuery } from "@tanstack/react-query";
import { MailWarning } from "lucide-react";
import Link from "next/link";
import type { Undelivered } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { PLACE_WORDS } from "@/components/panels/notices/notice-words";
import { Moment } from "@/components/panels/runs/moment";

/** Approvals that reached somebody by no mail, post or push so far, with why. Draws nothing while there are none. */
export function UndeliveredNotices({ run, operation }: { run?: string; operation?: string }) {
  const trpc = useTRPC();
  const wanted = { ...(run ? { run } : {}), ...(operation ? { operation } : {}) };
  const { data: all = [] } = useQuery(trpc.notices.undelivered.queryOptions(wanted));
  if (all.length === 0) return null;
  return (
    <section aria-label="Not delivered" className="rounded-card border border-warn bg-surface">
      <ul>
        {all.map((each) => (
          <li key={each.sending} className="flex gap-3 border-b p-4 last:border-b-0">
            <span className="mt-0.5 text-warn">
              <MailWarning aria-hidden />
            </span>
            <div className="min-w-0 flex-1">
              <p className="break-words font-strong">
                Not delivered {each.isMine ? "to you" : `to ${each.person}`} by{" "}
                {PLACE_WORDS[each.channel].toLowerCase()}: {each.problem}.
              </p>
              <p className="break-words text-muted">
                {!run && !operation && <AboutLink each={each} />}
                <StandsNow each={each} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AboutLink({ each }: { each: Undelivered }) {
  return (
    <>
      <Link
        href={each.isMine ? `/approvals/${encodeURIComponent(each.operation)}` : `/runs/${each.run}`}
        prefetch={false}
        className="underline"
      >
        {each.title}
      </Link>
      {". "}
    </>
  );
}

function StandsNow({ each: { state, attempts, nextAt, otherwise, isMine } }: { each: Undelivered }) {
  const tried = `Tried ${attempts === 1 ? "once" : `${attempts} times`}`;
  return (
    <>
      {state === "given_up" ? (
        `${tried}, and given up. `
      ) : (
        <>
          {tried}; the next try is at <Moment at={nextAt} />.{" "}
        </>
      )}
      {isMine ? "It waits for you here in the studio" : "It waits for them in the studio"}
      {otherwise.length > 0 &&
        `, and was brought by ${otherwise.map((way) => PLACE_WORDS[way].toLowerCase()).join(" and ")}`}
      .
    </>
  );
}
