import type { AskedQuestion, Listing, Posting, RunInList, ShownNotice, StoppedThing } from "@/components/api/answers";

/** Lists that are read page by page. The keys lie under the API's own, so that live moves reach them. */
export const RUN_PAGES = { key: [["runs", "list"], { type: "infinite" }], size: 30 } as const;
export const STOPPED_PAGES = { key: [["runs", "stopped"], { type: "infinite" }], size: 10 } as const;
export const LISTING_PAGES = { key: [["registry", "search"], { type: "infinite" }], size: 24, most: 2_000 } as const;
export const NOTICE_PAGES = { key: [["notices", "list"], { type: "infinite" }], size: 30 } as const;
export const INBOX_PAGES = { key: [["approvals", "list"], { type: "infinite" }], size: 100 } as const;
export const POSTING_PAGES = { key: [["wallet", "postings"], { type: "infinite" }], size: 50 } as const;

/** Where the page after this one starts; null when this was the last. */
export function nextRunsBefore(page: readonly RunInList[]): Date | null {
  return page.length < RUN_PAGES.size ? null : (page.at(-1)?.createdAt ?? null);
}

export function nextStoppedBefore(page: readonly StoppedThing[]): Pick<StoppedThing, "since" | "id"> | null {
  const last = page.length < STOPPED_PAGES.size ? undefined : page.at(-1);
  return last ? { since: last.since, id: last.id } : null;
}

export type QuestionPlace = Pick<AskedQuestion, "createdAt" | "operation">;

export function nextQuestionsAfter(page: readonly AskedQuestion[]): QuestionPlace | null {
  const last = page.length < INBOX_PAGES.size ? undefined : page.at(-1);
  return last ? { createdAt: last.createdAt, operation: last.operation } : null;
}

export function nextNoticesBefore(page: readonly ShownNotice[]): Date | null {
  return page.length < NOTICE_PAGES.size ? null : (page.at(-1)?.at ?? null);
}

export function nextPostingsBefore(page: readonly Posting[]): bigint | null {
  return page.length < POSTING_PAGES.size ? null : (page.at(-1)?.id ?? null);
}

export function nextListingsAt(page: readonly Listing[], pages: readonly (readonly Listing[])[]): number | null {
  const next = pages.length * LISTING_PAGES.size;
  return page.length < LISTING_PAGES.size || next > LISTING_PAGES.most ? null : next;
}
