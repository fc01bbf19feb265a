import { done, type Outcome, refused } from "@/sdk/agent";
import { type Block, type Found, heading, list, MOST_BLOCKS, table, tidy } from "./blocks";

const SKIPPED = new Set("script style template noscript svg math iframe object head".split(" "));
const BREAKS = new Set(
  `address article aside blockquote body dd div dl dt fieldset figcaption figure footer form header hr html main nav p
  pre section summary details`.split(/\s+/),
);
const PIECE = 65_536;
const DEEPEST = 500;
const MOST_COLUMNS = 100;
const BREAK = "\u2028";

/** Reads HTML from front to back, without a tree of it: how deep it nests and how long it is cost nothing more. */
export async function readHtml(html: string): Promise<Outcome<Found>> {
  const { Parser } = await import("htmlparser2");
  const writer = blockWriter();
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        writer.open(name, attributes);
      },
      ontext: writer.say,
      onclosetag(name) {
        depth--;
        writer.close(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let from = 0; from < html.length; from += PIECE) {
    parser.write(html.slice(from, from + PIECE));
    if (depth > DEEPEST) return refused("html_too_deep", `Its elements lie more than ${DEEPEST} deep in each other.`);
    if (writer.blocks.length > MOST_BLOCKS) break; // assembling refuses it
  }
  parser.end();
  writer.finish();
  return done({ title: tidy(writer.title()), pages: null, blocks: writer.blocks });
}

type Table = { rows: string[][]; depth: number };

/** Turns the events of a parser into blocks. Inside a list item or a cell, what would be a paragraph is part of it. */
function blockWriter() {
  const blocks: Block[] = [];
  let [text, title, skipped, listDepth] = ["", "", 0, 0];
  let isTitle = false;
  let items: string[] = [];
  let grid: Table | null = null;

  function take(): string {
    const said = text.replaceAll(/[^\S\u2028]+/g, " ").split(BREAK);
    text = "";
    return said
      .map((line) => line.trim())
      .join("\n")
      .trim();
  }

  function flush(): void {
    if (grid || listDepth > 0) text += " ";
    else {
      const said = take();
      if (said) blocks.push({ kind: "paragraph", text: said });
    }
  }

  function endItem(): void {
    const said = tidy(take());
    if (said) items.push(said);
  }

  const opening: Record<string, (attributes: Record<string, string>) => void> = {
    table() {
      if (grid) grid.depth++;
      else {
        if (listDepth === 0) flush();
        else endItem();
        grid = { rows: [], depth: 1 };
      }
    },
    tr() {
      if (grid?.depth === 1) grid.rows.push([]);
    },
    td: cell,
    th: cell,
    ul: openList,
    ol: openList,
    li() {
      if (grid) text += " ";
      else if (listDepth > 0) endItem();
      else flush();
    },
    br() {
      text += grid || listDepth > 0 ? " " : BREAK;
    },
  };

  function cell(attributes: Record<string, string>): void {
    if (grid?.depth !== 1) return;
    text = "";
    const row = grid.rows.at(-1) ?? grid.rows[grid.rows.push([]) - 1];
    row?.push("");
    const span = Math.min(MOST_COLUMNS, Number(attributes.colspan) || 1);
    for (let extra = 1; extra < span; extra++) row?.push("");
  }

  function endCell(): void {
    const row = grid?.depth === 1 ? grid.rows.at(-1) : undefined;
    if (!row) return;
    const said = tidy(take());
    const place = row.findLastIndex((one) => one !== "") + 1;
    if (said) row[Math.min(place, row.length - 1)] ||= said;
  }

  function endTable(): void {
    if (grid && --grid.depth > 0) return;
    const rows = (grid?.rows ?? []).filter((row) => row.some((said) => said !== ""));
    grid = null;
    text = "";
    if (rows.some((row) => row.length > 1)) blocks.push(table(rows));
    else for (const row of rows) blocks.push({ kind: "paragraph", text: row.join(" ") }); // a table for the layout
  }

  function openList(): void {
    if (grid) return;
    if (listDepth === 0) flush();
    else endItem();
    listDepth++;
  }

  function endList(): void {
    if (grid || listDepth === 0) return;
    endItem();
    listDepth--;
    if (listDepth > 0 || items.length === 0) return;
    blocks.push(list(items));
    items = [];
  }

  function endHeading(level: number): void {
    if (grid || listDepth > 0) flush();
    else {
      const said = tidy(take());
      if (said) blocks.push(heading(said, level));
    }
  }

  const closing: Record<string, () => void> = {
    table: endTable,
    td: endCell,
    th: endCell,
    ul: endList,
    ol: endList,
    li: () => (grid || listDepth === 0 ? flush() : endItem()),
  };

  return {
    blocks,
    title: () => title,
    open(name: string, attributes: Record<string, string>): void {
      if (name === "title" && title === "") isTitle = true;
      if (skipped > 0 || SKIPPED.has(name)) skipped++;
      else if (Object.hasOwn(opening, name)) opening[name]?.(attributes);
      else if (BREAKS.has(name) || /^h[1-6]$/.test(name)) flush();
    },
    close(name: string): void {
      if (name === "title") isTitle = false;
      if (skipped > 0) skipped--;
      else if (Object.hasOwn(closing, name)) closing[name]?.();
      else if (/^h[1-6]$/.test(name)) endHeading(Number(name[1]));
      else if (BREAKS.has(name)) flush();
    },
    say(said: string): void {
      if (isTitle) title = `${title}${said}`.slice(0, 1_000);
      if (skipped === 0) text += said;
    },
    finish(): void {
      if (grid) {
        grid.depth = 1;
        endTable();
      }
      listDepth = Math.min(listDepth, 1);
      endList();
      flush();
    },
  };
}
