import { type Block, heading, list, table } from "./blocks";
import { type Line, type PageLines, textOf } from "./pdf-lines";
import { gridAt } from "./pdf-table";

const LARGER = 1.15; // times the letters of the text, and it is a heading
const LONGEST_HEADING = 200;
const SAME_PARAGRAPH = 1.75; // times the size of the letters, from one line to the next
const BULLET = /^(?:[-–—•▪◦‣·*]|\d{1,3}[.)])\s+(?=\S)/;

/** What the pages say, in reading order. Headings are told by their size, lists by their marks, tables by their columns. */
export function blocksOf(pages: readonly PageLines[]): Block[] {
  const body = bodySize(pages);
  const levels = headingSizes(pages, body);
  return pages.flatMap(({ page, lines }) => pageBlocks(lines, levels).map((block) => ({ ...block, page })));
}

const rounded = (size: number) => Math.round(size * 2) / 2;

/** The size in which most letters are set. */
function bodySize(pages: readonly PageLines[]): number {
  const letters = new Map<number, number>();
  for (const { lines } of pages)
    for (const line of lines) {
      const size = rounded(line.size);
      letters.set(size, (letters.get(size) ?? 0) + textOf(line).length);
    }
  const [most] = [...letters].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
  return most?.[0] ?? 0;
}

/** The sizes of headings, the largest first: its place is its level. */
function headingSizes(pages: readonly PageLines[], body: number): readonly number[] {
  const sizes = new Set(pages.flatMap(({ lines }) => lines.map(({ size }) => rounded(size))));
  return [...sizes].filter((size) => size >= body * LARGER).sort((left, right) => right - left);
}

function pageBlocks(lines: readonly Line[], levels: readonly number[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const grid = gridAt(lines, at);
    const end = grid?.until ?? endOfText(lines, at, levels);
    if (grid?.is === "table") blocks.push(table(grid.rows));
    else if (grid) blocks.push(...textBlocks(grid.lines, levels));
    else blocks.push(textBlock(lines.slice(at, end), levels));
    at = end;
  }
  return joinedLists(blocks);
}

/** Prose in columns: each column as if it were a page. */
function textBlocks(lines: readonly Line[], levels: readonly number[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = endOfText(lines, at, levels);
    blocks.push(textBlock(lines.slice(at, end), levels));
    at = end;
  }
  return blocks;
}

const levelOf = ({ size }: Line, levels: readonly number[]) => levels.indexOf(rounded(size)) + 1;

/** Where the paragraph, the heading or the list item that begins at `from` ends. */
function endOfText(lines: readonly Line[], from: number, levels: readonly number[]): number {
  let end = from + 1;
  for (; end < lines.length; end++) {
    const [above, line] = [lines[end - 1], lines[end]];
    if (!above || !line || rounded(line.size) !== rounded(above.size)) break;
    const isClose = line.y > above.y && line.y - above.y <= SAME_PARAGRAPH * line.size;
    if (!isClose || BULLET.test(textOf(line))) break;
    if (levelOf(line, levels) === 0 && gridAt(lines, end)) break;
  }
  return end;
}

function textBlock(lines: readonly Line[], levels: readonly number[]): Block {
  const text = lines.map(textOf).reduce(joined, "");
  const level = lines[0] ? levelOf(lines[0], levels) : 0;
  if (level > 0 && text.length <= LONGEST_HEADING) return heading(text, level);
  const item = text.replace(BULLET, "");
  return item === text ? { kind: "paragraph", text } : list([item]);
}

/** A word that was divided at the end of its line is one word again. */
function joined(text: string, line: string): string {
  if (text === "") return line;
  if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
  return `${text} ${line}`;
}

/** Each item was a block of its own. */
function joinedLists(blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  let items: string[] = [];
  for (const [place, block] of blocks.entries()) {
    if (block.kind !== "list") {
      out.push(block);
      continue;
    }
    items.push(...block.items);
    if (blocks[place + 1]?.kind === "list") continue;
    out.push(list(items));
    items = [];
  }
  return out;
}
