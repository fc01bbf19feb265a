import type { Choice } from "./choose";
import { type Column, sortedValues } from "./column";
import type { Group } from "./groups";
import { findOutliers } from "./outliers";
import { overTime } from "./over-time";
import { linearScale, type Scale, short } from "./scale";
import { ACCENT, at, drawing, FRAME, label, rectangle, rule } from "./svg";

export type ChartKind = "bar" | "line" | "histogram";

const MOST_BARS = 12;
const MOST_BINS = 24;

export function drawChart(kind: ChartKind | undefined, choice: Choice, groups: readonly Group[]): string {
  switch (kind ?? likelyKind(choice, groups)) {
    case "bar":
      return bars(choice, groups);
    case "line":
      return line(choice);
    case "histogram":
      return histogram(choice);
  }
}

function likelyKind({ measure, when }: Choice, groups: readonly Group[]): ChartKind {
  if (groups.length > 0) return "bar";
  return measure && when ? "line" : "histogram";
}

function bars({ by, measure }: Choice, groups: readonly Group[]): string {
  const shown = groups.slice(0, MOST_BARS);
  if (!by || shown.length === 0) return nothing("There is no column to group by");
  const what = measure ? `Sum of ${measure.name}` : "Rows";
  const values = shown.map(({ sum, count }) => sum ?? count);
  const x = linearScale(
    { low: Math.min(0, ...values), high: Math.max(0, ...values) },
    { from: FRAME.left, to: FRAME.right },
  );
  const step = (FRAME.bottom - FRAME.top) / shown.length;
  const marks = shown.flatMap(({ group }, index) => {
    const [value = 0, y] = [values[index], FRAME.top + index * step];
    const [from, to] = [x.place(Math.min(0, value)), x.place(Math.max(0, value))];
    const box = { x: from, y: y + step * 0.15, width: Math.max(to - from, 0.5), height: step * 0.7 };
    const name = label({ x: FRAME.left - 8, y: y + step / 2 + 4, text: group, anchor: "end" });
    return [rectangle(box, `${group}: ${value.toLocaleString("en-US")}`), name];
  });
  const more = groups.length > MOST_BARS ? `, the largest ${MOST_BARS} of ${groups.length}` : "";
  return drawing(
    `${what} by ${by.name}${more}`,
    describe(shown.map(({ group }, index) => [group, values[index] ?? 0])),
    [...columnsOf(x), ...marks],
  );
}

function line({ measure, when }: Choice): string {
  if (!measure) return nothing("There is no numeric column to draw");
  const { points, unit } = overTime(measure, when);
  if (points.length === 0) return nothing(`${measure.name} has no value to draw`);
  const values = points.map(({ value }) => value);
  const y = linearScale(
    { low: Math.min(0, ...values), high: Math.max(0, ...values) },
    { from: FRAME.bottom, to: FRAME.top },
  );
  const x = linearScale({ low: 0, high: Math.max(1, points.length - 1) }, { from: FRAME.left, to: FRAME.right });
  const path = points.map(
    ({ value }, index) => `${index === 0 ? "M" : "L"}${at(x.place(index))} ${at(y.place(value))}`,
  );
  const named = [...new Set([0, Math.floor((points.length - 1) / 2), points.length - 1])];
  return drawing(`${measure.name} ${unit}`, describe(points.map(({ name, value }) => [name, value])), [
    ...rowsOf(y),
    `<path d="${path.join("")}" fill="none" stroke="${ACCENT}" stroke-width="2"/>`,
    ...named.map((index) =>
      label({ x: x.place(index), y: FRAME.bottom + 20, text: points[index]?.name ?? "", anchor: "middle" }),
    ),
  ]);
}

function histogram({ measure }: Choice): string {
  if (!measure) return nothing("There is no numeric column to draw");
  const { values, left } = withoutOutliers(measure);
  const [low, high] = [values[0], values.at(-1)];
  if (low === undefined || high === undefined) return nothing(`${measure.name} has no value to draw`);
  const count = low === high ? 1 : Math.min(MOST_BINS, Math.ceil(Math.log2(values.length) + 1)); // Sturges
  const width = (high - low) / count || 1;
  const bins = Array.from({ length: count }, () => 0);
  for (const value of values) {
    const bin = Math.min(count - 1, Math.floor((value - low) / width));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const x = linearScale({ low, high: low + width * count }, { from: FRAME.left, to: FRAME.right });
  const y = linearScale({ low: 0, high: Math.max(...bins) }, { from: FRAME.bottom, to: FRAME.top });
  const name = (index: number) => `${short(low + index * width)} to ${short(low + (index + 1) * width)}`;
  const marks = bins.map((size, index) => {
    const [from, to, top] = [x.place(low + index * width), x.place(low + (index + 1) * width), y.place(size)];
    return rectangle(
      { x: from + 1, y: top, width: Math.max(to - from - 2, 0.5), height: FRAME.bottom - top },
      `${name(index)}: ${size} rows`,
    );
  });
  const without = left > 0 ? `, without ${left} outlier${left === 1 ? "" : "s"}` : "";
  return drawing(
    `Distribution of ${measure.name}${without}`,
    describe(bins.map((size, index) => [name(index), size])),
    [
      ...rowsOf(y),
      ...marks,
      ...x.ticks.map((tick) => label({ x: x.place(tick), y: FRAME.bottom + 20, text: short(tick), anchor: "middle" })),
    ],
  );
}

/** One value a thousand times the rest would press all others into a single bar. */
function withoutOutliers(measure: Column): { values: number[]; left: number } {
  const far = new Set(findOutliers(measure).map(({ value }) => value));
  const all = sortedValues(measure);
  const values = all.filter((value) => !far.has(value));
  return { values, left: all.length - values.length };
}

function rowsOf(y: Scale): string[] {
  return y.ticks.flatMap((tick) => [
    rule({ x: FRAME.left, y: y.place(tick) }, { x: FRAME.right, y: y.place(tick) }),
    label({ x: FRAME.left - 8, y: y.place(tick) + 4, text: short(tick), anchor: "end" }),
  ]);
}

function columnsOf(x: Scale): string[] {
  return x.ticks.flatMap((tick) => [
    rule({ x: x.place(tick), y: FRAME.top }, { x: x.place(tick), y: FRAME.bottom }),
    label({ x: x.place(tick), y: FRAME.bottom + 20, text: short(tick), anchor: "middle" }),
  ]);
}

/** The picture in words, for people who do not see it. */
function describe(pairs: readonly (readonly [string, number])[]): string {
  return pairs
    .slice(0, 30)
    .map(([name, value]) => `${name}: ${value.toLocaleString("en-US")}`)
    .join("; ");
}

function nothing(why: string): string {
  return drawing(why, why, []);
}
