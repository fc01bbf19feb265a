/** A piece of text as it lies on a page. Units: points, from the upper left corner. `y` is where its letters stand. */
export type Placed = { text: string; x: number; y: number; width: number; size: number };

/** What stands on one height, cut where a gap is too wide for a space between words. */
export type Line = { y: number; size: number; left: number; right: number; cells: readonly Cell[] };
export type Cell = { text: string; left: number; right: number };

/** Parts of the size of the letters. */
const SAME_LINE = 0.4;
const WORD_GAP = 0.15;
const CELL_GAP = 1.2;
const DOUBLE_STRIKE = 0.15; // programs print a text twice, a little aside, to make it bold

/** The lines of a page from top to bottom. */
export function linesOf(pieces: readonly Placed[]): Line[] {
  const sorted = [...pieces].sort((left, right) => left.y - right.y || left.x - right.x);
  const groups: Placed[][] = [];
  for (const piece of sorted) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && piece.y - first.y <= SAME_LINE * Math.min(first.size, piece.size)) group.push(piece);
    else groups.push([piece]);
  }
  return groups.map(lineOf);
}

function lineOf(pieces: readonly Placed[]): Line {
  const cells: Cell[] = [];
  let last: Placed | null = null;
  for (const piece of [...pieces].sort((left, right) => left.x - right.x)) {
    const isAgain = last?.text === piece.text && Math.abs(piece.x - last.x) < DOUBLE_STRIKE * piece.size;
    if (!isAgain) append(cells, piece);
    last = piece;
  }
  const size = pieces.reduce((most, piece) => Math.max(most, piece.size), 0);
  const right = cells.reduce((most, cell) => Math.max(most, cell.right), 0);
  return { y: pieces[0]?.y ?? 0, size, left: cells[0]?.left ?? 0, right, cells };
}

/** To the last cell, with or without a space before it; behind a wide gap it begins a new one. */
function append(cells: Cell[], piece: Placed): void {
  const cell = cells.at(-1);
  const gap = cell ? piece.x - cell.right : 0;
  const right = piece.x + piece.width;
  if (!cell || gap > CELL_GAP * piece.size) cells.push({ text: piece.text.trim(), left: piece.x, right });
  else {
    const isApart = gap > WORD_GAP * piece.size || /^\s/.test(piece.text);
    cell.text = `${cell.text}${isApart ? " " : ""}${piece.text.trim()}`;
    cell.right = Math.max(cell.right, right);
  }
}

export function textOf({ cells }: Line): string {
  return cells.map(({ text }) => text).join(" ");
}

const EDGE = 0.12; // part of the height of a page, above and below
const FEWEST_PAGES = 3;
const OFTEN = 0.6;

export type PageLines = { page: number; height: number; lines: readonly Line[] };

/** Without what stands at the same edge of most pages: titles that are repeated, and the numbers of the pages. */
export function withoutRunningHeads(pages: readonly PageLines[]): readonly PageLines[] {
  if (pages.length < FEWEST_PAGES) return pages;
  const keyOf = (line: Line) => `${Math.round(line.y)} ${textOf(line).replaceAll(/\d+/g, "#")}`;
  const isEdge = (line: Line, height: number) => line.y < height * EDGE || line.y > height * (1 - EDGE);
  const seen = new Map<string, number>();
  for (const { lines, height } of pages) {
    const keys = new Set(lines.filter((line) => isEdge(line, height)).map(keyOf));
    for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const isRepeated = (line: Line) => (seen.get(keyOf(line)) ?? 0) >= Math.max(FEWEST_PAGES, pages.length * OFTEN);
  return pages.map((page) => ({
    ...page,
    lines: page.lines.filter((line) => !isEdge(line, page.height) || !isRepeated(line)),
  }));
}
