import { done, type Outcome, refused } from "@/sdk/agent";
import { tidy } from "../document-extractor/blocks";
import { decodeHtml } from "../web-page-reader/decode-html";
import { addressOf, type Feed, type FeedItem, MOST_ITEMS, momentOf } from "./feed";
import { readJsonFeed } from "./json-feed";
import { plainText } from "./plain-text";

export type FeedInput = { feed: string | Uint8Array; contentType: string; address: string };

const LONGEST = 20_000;
const SUMMARY = 1_000;
const DEEPEST = 100;
const PIECE = 65_536;
const ROOTS = ["rss", "feed", "rdf:rdf"];

/** What an element of an item is for. Of two that say the same the first that is there counts. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  id: ["guid", "id"],
  title: ["title", "media:title"],
  published: ["pubdate", "published", "dc:date", "updated", "date"],
  summary: ["description", "summary", "content:encoded", "content"],
  author: ["dc:creator", "author>name", "author", "itunes:author"],
};

/** RSS, Atom or JSON Feed. Entities that a feed defines of its own stay as they are written: nothing is expanded. */
export async function readFeed({ feed, contentType, address }: FeedInput): Promise<Outcome<Feed>> {
  const text = (typeof feed === "string" ? feed : decodeHtml(feed, contentType)).replace(/^\uFEFF/, "");
  if (text.trimStart().startsWith("{")) return readJsonFeed(text, address);
  const read = await readXml(text);
  if (read === "too deep") return refused("feed_broken", `Its elements lie more than ${DEEPEST} deep in each other.`);
  if (read.root === null || !ROOTS.includes(read.root)) {
    return refused(
      "feed_unknown",
      "It is no feed. Give the address of RSS, Atom or JSON Feed, which pages often link to.",
    );
  }
  const items: FeedItem[] = [];
  for (const raw of read.items) items.push(await itemOf(raw, address));
  return done({ title: await plainText(read.title), items });
}

type Raw = Map<string, string>;
type Xml = { root: string | null; title: string; items: Raw[] };

async function readXml(text: string): Promise<Xml | "too deep"> {
  const { Parser } = await import("htmlparser2");
  const xml: Xml = { root: null, title: "", items: [] };
  const path: string[] = [];
  let item: { raw: Raw; depth: number } | null = null;
  let said = "";
  const parser = new Parser(
    {
      onopentag(given, attributes) {
        const name = given.toLowerCase();
        xml.root ??= name;
        path.push(name);
        said = "";
        if (!item && (name === "item" || name === "entry")) item = { raw: new Map(), depth: path.length };
        else if (item && name === "link") linkOf(attributes, item.raw);
      },
      ontext(piece) {
        if (said.length < LONGEST) said += piece;
      },
      onclosetag(given) {
        const name = given.toLowerCase();
        if (item && path.length > item.depth) keep(item.raw, path.slice(item.depth).join(">"), said);
        else if (item && path.length === item.depth) {
          if (xml.items.length < MOST_ITEMS) xml.items.push(item.raw);
          item = null;
        } else if (name === "title" && xml.title === "" && path.length <= 3) xml.title = said;
        path.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for (let from = 0; from < text.length; from += PIECE) {
    parser.write(text.slice(from, from + PIECE));
    if (path.length > DEEPEST) return "too deep";
    if (xml.items.length >= MOST_ITEMS) break;
  }
  parser.end();
  return xml;
}

function keep(raw: Raw, name: string, said: string): void {
  const text = said.slice(0, LONGEST).trim();
  if (text !== "" && !raw.has(name)) raw.set(name, text);
}

/** Atom says where an entry lies in an attribute, and names other places beside it. */
function linkOf({ href = "", rel = "alternate" }: Record<string, string>, raw: Raw): void {
  if (rel === "alternate") keep(raw, "link", href);
}

async function itemOf(raw: Raw, base: string): Promise<FeedItem> {
  const first = (field: string) => FIELDS[field]?.map((name) => raw.get(name)).find((text) => text) ?? "";
  const link = addressOf(raw.get("link") ?? "", base);
  const id = first("id");
  return {
    id,
    title: (await plainText(first("title"))).slice(0, SUMMARY),
    link: link || addressOf(id, base),
    published: momentOf(first("published")),
    summary: (await plainText(first("summary"))).slice(0, SUMMARY),
    author: tidy(first("author")).slice(0, 200),
  };
}
