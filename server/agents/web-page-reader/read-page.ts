import { done, type Outcome, refused } from "@/sdk/agent";
import type { Block } from "../document-extractor/blocks";
import { readHtml } from "../document-extractor/read-html";
import { decodeHtml } from "./decode-html";
import { linksIn } from "./links";

export type PageInput = { html: string | Uint8Array; address: string; contentType: string };

export type ReadPage = {
  address: string;
  title: string;
  byline: string;
  site: string;
  published: string;
  language: string;
  /** False when no article was found, and everything on the page is given. */
  article: boolean;
  text: string;
  headings: readonly { level: number; text: string }[];
  links: readonly { text: string; address: string }[];
};

const MOST_ELEMENTS = 60_000;
const MOST_BYTES = 2_500_000;
const MOST_HEADINGS = 500;
const MOST_LINKS = 500;
const LONGEST = 500;

/** What a person would read on a page. No script runs, and nothing that the page names is fetched. */
export async function readPage({ html: given, address, contentType }: PageInput): Promise<Outcome<ReadPage>> {
  const html = typeof given === "string" ? given : decodeHtml(given, contentType);
  const whole = await readHtml(html); // refuses what lies too deep, before a tree is made of it
  if (!whole.ok) return whole;
  if (hasTooMany(html)) {
    return refused("page_too_large", `The page has more than ${MOST_ELEMENTS} elements. Give the part that counts.`);
  }
  const found = await readable(html, address);
  const inner = found.content === null ? whole : await readHtml(found.content);
  if (!inner.ok) return inner;
  const { blocks } = inner.value.blocks.length > 0 ? inner.value : whole.value;
  const text = blocks.map((block) => block.text).join("\n\n");
  if (text.trim() === "") {
    return refused(
      "page_empty",
      "There is no text on the page. If a program in it writes the text, give its HTML as a browser shows it.",
    );
  }
  if (Buffer.byteLength(text) > MOST_BYTES) {
    return refused("page_too_large", "The page has more text than one answer holds. Give the part that counts.");
  }
  const { content, ...said } = found;
  const links = await linksIn(content ?? html, address);
  const title = said.title || whole.value.title;
  return done({
    ...said,
    title,
    address,
    article: content !== null,
    text,
    headings: headingsIn(blocks),
    links: links.slice(0, MOST_LINKS),
  });
}

/** Counted before a tree is made of them. */
function hasTooMany(html: string): boolean {
  const opening = /<[a-z]/gi;
  let count = 0;
  while (opening.test(html)) if (++count > MOST_ELEMENTS) return true;
  return false;
}

function headingsIn(blocks: readonly Block[]): { level: number; text: string }[] {
  return blocks
    .flatMap((block) => (block.kind === "heading" ? [{ level: block.level, text: block.text }] : []))
    .slice(0, MOST_HEADINGS);
}

type Readable = Record<"title" | "byline" | "site" | "published" | "language", string> & { content: string | null };

async function readable(html: string, address: string): Promise<Readable> {
  const [{ parseHTML }, { Readability }] = await Promise.all([import("linkedom"), import("@mozilla/readability")]);
  const isWhole = /<html[\s>]/i.test(html) && /<body[\s>]/i.test(html);
  const { document } = parseHTML(isWhole ? html : `<!doctype html><html><head></head><body>${html}</body></html>`);
  const language = line(document.documentElement?.getAttribute("lang"));
  const time = line(document.querySelector("time[datetime]")?.getAttribute("datetime"));
  const empty = { title: "", byline: "", site: "", published: isoOf(time), language, content: null };
  if (!document.documentElement || !document.body) return empty;
  const article = articleIn(() => new Readability(document as unknown as Document, { maxElemsToParse: MOST_ELEMENTS }));
  if (!article?.content) return empty;
  return {
    title: line(article.title),
    byline: line(article.byline),
    site: line(article.siteName) || (URL.canParse(address) ? new URL(address).host : ""),
    published: isoOf(line(article.publishedTime) || time),
    language: line(article.lang) || language,
    content: article.content,
  };
}

type Article = ReturnType<import("@mozilla/readability").Readability["parse"]>;

/** Null when there is none. A page that is too odd for the reader has none that it could tell: all of it is given. */
function articleIn(reader: () => { parse(): Article }): Article {
  try {
    return reader().parse();
  } catch {
    return null;
  }
}

function line(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim().slice(0, LONGEST);
}

/** A day stays a day, a moment becomes one of UTC; what cannot be read is left as it was written. */
function isoOf(written: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(written)) return written;
  const at = /\d{4}/.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? written : new Date(at).toISOString();
}
