import { z } from "zod";
import { done, type Outcome, refused } from "@/sdk/agent";
import { addressOf, type Feed, type FeedItem, MOST_ITEMS, momentOf } from "./feed";
import { plainText } from "./plain-text";

const text = z.string().max(200_000).catch("");
const Item = z.object({
  id: z.union([z.string(), z.number()]).transform(String).catch(""),
  url: text,
  title: text,
  summary: text,
  content_text: text,
  content_html: text,
  date_published: text,
  date_modified: text,
  authors: z.array(z.object({ name: text })).catch([]),
});
const JsonFeed = z.object({
  version: z.string().startsWith("https://jsonfeed.org/version/"),
  title: text,
  items: z.array(z.unknown()).transform((items) => items.slice(0, MOST_ITEMS)),
});

/** JSON Feed 1 and 1.1. What an item lacks is empty. */
export async function readJsonFeed(written: string, base: string): Promise<Outcome<Feed>> {
  const feed = JsonFeed.safeParse(parsed(written));
  if (!feed.success)
    return refused("feed_unknown", "It is JSON and no JSON Feed. Give the address of RSS, Atom or JSON Feed.");
  const items: FeedItem[] = [];
  for (const raw of feed.data.items) {
    const item = Item.safeParse(raw);
    if (item.success) items.push(await itemOf(item.data, base));
  }
  return done({ title: await plainText(feed.data.title), items });
}

async function itemOf(item: z.infer<typeof Item>, base: string): Promise<FeedItem> {
  return {
    id: item.id,
    title: (await plainText(item.title)).slice(0, 1_000),
    link: addressOf(item.url, base) || addressOf(item.id, base),
    published: momentOf(item.date_published || item.date_modified),
    summary: (await plainText(item.summary || item.content_text || item.content_html)).slice(0, 1_000),
    author: (item.authors[0]?.name ?? "").slice(0, 200),
  };
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null; // fits no schema
  }
}
