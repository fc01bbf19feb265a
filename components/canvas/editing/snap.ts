import { type Box, boxAround } from "./boxes";

/** A line across the canvas at which something that is dragged stands level with something else. */
export type Guide = { axis: "x" | "y"; at: number; from: number; to: number };

type Line = { at: number; box: Box };
export type Lines = { x: readonly Line[]; y: readonly Line[] };

const GRID = 12;

/** The edges and middles that others give to stand level with, sorted so that the nearest is found quickly. */
export function linesOf(boxes: readonly Box[]): Lines {
  const sorted = (lines: Line[]) => lines.sort((a, b) => a.at - b.at);
  return {
    x: sorted(boxes.flatMap((box) => [0, 0.5, 1].map((part) => ({ at: box.x + box.width * part, box })))),
    y: sorted(boxes.flatMap((box) => [0, 0.5, 1].map((part) => ({ at: box.y + box.height * part, box })))),
  };
}

/** How far to shift what is dragged so that it stands level: with others within reach, else on the grid. */
export function snapTo(lines: Lines, boxes: readonly Box[], reach: number): { x: number; y: number; guides: Guide[] } {
  const around = boxAround(boxes);
  const x = nearest(lines.x, [around.x, around.x + around.width / 2, around.x + around.width], reach);
  const y = nearest(lines.y, [around.y, around.y + around.height / 2, around.y + around.height], reach);
  const by = { x: x?.by ?? toGrid(around.x), y: y?.by ?? toGrid(around.y) };
  const guides: Guide[] = [];
  if (x) guides.push(guide("x", x, { at: around.y + by.y, size: around.height }));
  if (y) guides.push(guide("y", y, { at: around.x + by.x, size: around.width }));
  return { ...by, guides };
}

type Found = { by: number; line: Line };

function nearest(lines: readonly Line[], own: readonly number[], reach: number): Found | null {
  let best: Found | null = null;
  for (const at of own) {
    const place = firstFrom(lines, at);
    for (const line of [lines[place - 1], lines[place]]) {
      const by = line ? line.at - at : Number.POSITIVE_INFINITY;
      if (line && Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line };
    }
  }
  return best;
}

function firstFrom(lines: readonly Line[], at: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function guide(axis: Guide["axis"], { line }: Found, own: { at: number; size: number }): Guide {
  const { box } = line;
  const [start, size] = axis === "x" ? [box.y, box.height] : [box.x, box.width];
  return { axis, at: line.at, from: Math.min(start, own.at), to: Math.max(start + size, own.at + own.size) };
}

const toGrid = (at: number) => Math.round(at / GRID) * GRID - at;
