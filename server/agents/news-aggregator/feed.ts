/** `published` is a moment of UTC, or empty when the feed does not say. */
export type FeedItem = Record<"id" | "title" | "link" | "published" | "summary" | "author", string>;
export type Feed = { title: string; items: readonly FeedItem[] };

export const MOST_ITEMS = 500;

/** As ISO 8601 in UTC; empty for what is no date. */
export function momentOf(written: string): string {
  const at = Date.parse(written);
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}

/** A whole address of the web, or nothing. */
export function addressOf(written: string, base: string): string {
  const from = URL.canParse(base) ? base : undefined;
  if (written === "" || !URL.canParse(written, from)) return "";
  const url = new URL(written, from);
  return /^https?:$/.test(url.protocol) && url.href.length <= 2_000 ? url.href : "";
}
