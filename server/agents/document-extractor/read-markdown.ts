import { type Block, type Found, heading, list, MOST_BLOCKS, table, tidy } from "./blocks";

const ITEM = /^\s{0,8}(?:[-*+•]|\d{1,4}[.)])\s+(.*)$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const UNDERLINE = /^ {0,3}(=+|-+)\s*$/;
const FENCE = /^ {0,3}(```|~~~)/;
const DIVIDES = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;

/** Longer lines are prose, and patterns stay cheap. */
const LONGEST = 2_000;

type Line = { text: string; isCode: boolean };

/** Plain text: paragraphs divided by empty lines, and lists. */
export function readText(text: string): Found {
  return found(linesOf(text), false);
}

/** The parts of Markdown that say what something is. Emphasis and links stay as they are written. */
export function readMarkdown(text: string): Found {
  return found(linesOf(text), true);
}

function linesOf(text: string): Line[] {
  let fence: string | null = null;
  return text
    .replaceAll(/\r\n?|\f/g, "\n")
    .split("\n")
    .map((line) => {
      const mark = FENCE.exec(line)?.[1] ?? null;
      const isCode = fence !== null && mark !== fence;
      if (mark !== null && (fence === null || mark === fence)) fence = fence === null ? mark : null;
      return { text: line, isCode };
    });
}

function found(lines: readonly Line[], isMarkdown: boolean): Found {
  const blocks: Block[] = [];
  let waiting: string[] = [];
  const flush = () => {
    if (waiting.length > 0) blocks.push(...blocksOf(waiting, isMarkdown));
    waiting = [];
  };
  for (const line of lines) {
    if (blocks.length > MOST_BLOCKS) break; // assembling refuses it
    const mark = isMarkdown ? markOf(line, waiting) : null;
    if (mark?.is === "underline") waiting = [];
    if (mark || line.text.trim() === "") flush();
    else waiting.push(line.text);
    if (mark && mark.is !== "fence" && mark.text) blocks.push(heading(mark.text, mark.level));
  }
  flush();
  return { title: "", pages: null, blocks };
}

type Mark = { is: "fence" } | { is: "heading" | "underline"; level: number; text: string };

/** What a line means by its signs: a heading, the line above as a heading, the edge of a piece of code, or null. */
function markOf({ text, isCode }: Line, above: readonly string[]): Mark | null {
  if (isCode || text.length > LONGEST) return null;
  if (FENCE.test(text)) return { is: "fence" };
  const [, signs, title = ""] = HEADING.exec(text) ?? [];
  if (signs) return { is: "heading", level: signs.length, text: tidy(title) };
  const [only] = above;
  if (only === undefined || above.length > 1 || !UNDERLINE.test(text)) return null;
  return { is: "underline", level: text.trim().startsWith("=") ? 1 : 2, text: tidy(only) };
}

/** Lines without an empty one between them: a table, or paragraphs and lists. */
function blocksOf(lines: readonly string[], isMarkdown: boolean): Block[] {
  const second = lines[1] ?? "";
  if (isMarkdown && second.length < LONGEST && DIVIDES.test(second)) {
    return [table([lines[0] ?? "", ...lines.slice(2)].map(cellsOf))];
  }
  const groups: { isList: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line)?.[1];
    const last = groups.at(-1);
    if (item === undefined && last?.isList && /^\s/.test(line)) last.lines.push(`${last.lines.pop()} ${line.trim()}`);
    else if (last?.isList === (item !== undefined)) last.lines.push(item ?? line);
    else groups.push({ isList: item !== undefined, lines: [item ?? line] });
  }
  return groups.map(({ isList, lines: said }) =>
    isList ? list(said.map(tidy)) : { kind: "paragraph", text: tidy(said.join(" ")) },
  );
}

function cellsOf(line: string): string[] {
  const bare = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => tidy(cell.replaceAll("\\|", "|")));
}
