import type { Line } from "./pdf-lines";

/** Rows of cells, or the columns of prose that only look like rows. */
type Grid = { is: "table"; rows: string[][]; until: number } | { is: "columns"; lines: Line[]; until: number };

const CLOSE = 2.4; // parts of the size of the letters, from one row to the next
const FEWEST_ROWS = 2;
const PROSE = { letters: 30, rows: 4 };

/** What begins at line `from` when it and the lines below it stand in columns; null when it is text like any other. */
export function gridAt(lines: readonly Line[], from: number): Grid | null {
  const until = endOf(lines, from);
  const run = lines.slice(from, until);
  if (run.length < FEWEST_ROWS) return null;
  const columns = columnsOf(run);
  if (columns.length < 2) return null;
  const rows = run.map((line) => rowOf(line, columns));
  if (isProse(rows))
    return { is: "columns", lines: columns.flatMap((_, index) => columnLines(run, columns, index)), until };
  return { is: "table", rows, until };
}

/** Rows of several cells, and single cells between two of them: a name that goes on in a second line. */
function endOf(lines: readonly Line[], from: number): number {
  let until = from;
  for (let place = from; place < lines.length; place++) {
    const [above, line] = [lines[place - 1], lines[place]];
    if (!line || (place > from && above && line.y - above.y > CLOSE * line.size)) break;
    if (line.cells.length > 1) until = place + 1;
    else if (place === from || place > until) break; // two single cells in a row are text again
  }
  return until;
}

type Span = { left: number; right: number };

/** Where columns lie: what the cells of the fullest rows cover together. */
function columnsOf(run: readonly Line[]): Span[] {
  const most = run.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  const spans = run
    .filter(({ cells }) => cells.length === most)
    .flatMap(({ cells }) => cells.map(({ left, right }) => ({ left, right })))
    .sort((one, other) => one.left - other.left);
  const columns: Span[] = [];
  for (const span of spans) {
    const last = columns.at(-1);
    if (last && span.left < last.right) last.right = Math.max(last.right, span.right);
    else columns.push({ ...span });
  }
  return columns;
}

function rowOf({ cells }: Line, columns: readonly Span[]): string[] {
  const row = columns.map(() => "");
  for (const cell of cells) {
    const place = nearest(cell, columns);
    row[place] = row[place] ? `${row[place]} ${cell.text}` : cell.text;
  }
  return row;
}

function nearest(cell: Span, columns: readonly Span[]): number {
  const distance = ({ left, right }: Span) => Math.max(left - cell.right, cell.left - right);
  const distances = columns.map(distance);
  return distances.indexOf(Math.min(...distances));
}

function isProse(rows: readonly (readonly string[])[]): boolean {
  const lengths = rows
    .flat()
    .filter((text) => text !== "")
    .map((text) => text.length)
    .sort((one, other) => one - other);
  const middle = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return rows.length >= PROSE.rows && middle > PROSE.letters;
}

function columnLines(run: readonly Line[], columns: readonly Span[], index: number): Line[] {
  return run.flatMap((line) => {
    const cells = line.cells.filter((cell) => nearest(cell, columns) === index);
    const [first, last] = [cells[0], cells.at(-1)];
    return first && last ? [{ ...line, cells, left: first.left, right: last.right }] : [];
  });
}
