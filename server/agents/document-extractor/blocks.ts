import { done, type Outcome, refused } from "@/sdk/agent";

/** What a document is made of, in reading order. `text` of a list or a table says the same in lines. */
export type Block = { page?: number } & (
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list"; text: string; items: readonly string[] }
  | { kind: "table"; text: string; rows: readonly (readonly string[])[] }
);

/** What a parser found. `pages` is null where the format has none. */
export type Found = { title: string; pages: number | null; blocks: readonly Block[] };

export type Format = "pdf" | "docx" | "html" | "markdown" | "text";

export type ReadDocument = {
  title: string;
  format: Format;
  blocks: readonly Block[];
  text: string;
  /** The same text by its headings, as an agent that looks things up takes it. */
  documents: readonly { title: string; text: string }[];
  counts: Record<"pages" | "words" | "headings" | "paragraphs" | "lists" | "tables", number>;
};

/** The text goes out three times, in an answer of at most 10 MB. */
const MOST_BYTES = 2_500_000;
export const MOST_BLOCKS = 30_000;
const MOST_CELLS = 200_000;
const LONGEST_TITLE = 200;

export function heading(text: string, level: number): Block {
  return { kind: "heading", level: Math.min(6, Math.max(1, level)), text };
}

export function list(items: readonly string[]): Block {
  return { kind: "list", items, text: items.map((item) => `- ${item}`).join("\n") };
}

export function table(rows: readonly (readonly string[])[]): Block {
  const width = rows.reduce((widest, { length }) => Math.max(widest, length), 0);
  const even = rows.map((cells) => [...cells, ...Array<string>(width - cells.length).fill("")]);
  return { kind: "table", rows: even, text: even.map((cells) => cells.join(" | ")).join("\n") };
}

/** One line without spaces at its ends. */
export function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

export function assemble(format: Format, { title: given, pages, blocks }: Found): Outcome<ReadDocument> {
  const cells = blocks.reduce((total, block) => total + cellsOf(block), 0);
  if (blocks.length > MOST_BLOCKS || cells > MOST_CELLS) return tooLarge("pieces");
  const text = blocks.map((block) => block.text).join("\n\n");
  if (Buffer.byteLength(text) > MOST_BYTES) return tooLarge("text");
  if (text.trim() === "") {
    return refused(
      "text_missing",
      "There is no text in it. If its pages are pictures, have a program recognise the letters (OCR) first.",
    );
  }
  const first = blocks.find(({ kind }) => kind === "heading") ?? blocks[0];
  const title = tidy(given || first?.text || "").slice(0, LONGEST_TITLE);
  const documents = sectionsOf(title, blocks);
  return done({ title, format, blocks, text, documents, counts: countsOf(blocks, { pages, text }) });
}

function tooLarge(what: "pieces" | "text"): Outcome<never> {
  return refused(
    "document_too_large",
    `It has more ${what} than one answer holds. Send a part of it; of a PDF, name the pages, as "1-50".`,
  );
}

function cellsOf(block: Block): number {
  if (block.kind === "table") return block.rows.reduce((total, row) => total + row.length, 0);
  return block.kind === "list" ? block.items.length : 0;
}

function countsOf(blocks: readonly Block[], { pages, text }: { pages: number | null; text: string }) {
  const count = (kind: Block["kind"]) => blocks.filter((block) => block.kind === kind).length;
  return {
    pages: pages ?? 0,
    words: text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu)?.length ?? 0,
    headings: count("heading"),
    paragraphs: count("paragraph"),
    lists: count("list"),
    tables: count("table"),
  };
}

/** From one heading to the next. A document without headings is one section for each page, or one. */
function sectionsOf(title: string, blocks: readonly Block[]): { title: string; text: string }[] {
  const byHeading = blocks.some(({ kind }) => kind === "heading");
  const sections: { title: string; lines: string[] }[] = [];
  let page: number | undefined;
  for (const block of blocks) {
    const opens = byHeading ? block.kind === "heading" : block.page !== page;
    if (opens || sections.length === 0) sections.push({ title: sectionTitle(title, block), lines: [] });
    page = block.page;
    sections.at(-1)?.lines.push(block.text);
  }
  return sections.map(({ title: named, lines }) => ({ title: named, text: lines.join("\n\n") }));
}

function sectionTitle(title: string, { kind, text, page }: Block): string {
  const name = kind === "heading" && text !== title ? text : title;
  return `${tidy(name).slice(0, LONGEST_TITLE)}${page === undefined ? "" : `, page ${page}`}`;
}
