import { mean, sum } from "simple-statistics";
import type { Column } from "./column";
import { isoDay } from "./read-date";
import { tidy } from "./statistics";

export type Point = { name: string; value: number };

const MOST_POINTS = 80;
/** Characters of "2024-05-31" that name a day, a month, a year: the first that gives few enough points is taken. */
const STEPS = [
  { unit: "per day", length: 10 },
  { unit: "per month", length: 7 },
  { unit: "per year", length: 4 },
];

/** A column summed over the time of another, or in the order of the rows where there is no time. */
export function overTime(measure: Column, when: Column | null): { points: Point[]; unit: string } {
  if (!when) return inOrder(measure);
  const dated = measure.values.flatMap((value, index) => {
    const day = when.values[index] ?? null;
    return value === null || day === null ? [] : [{ day: isoDay(day), value }];
  });
  let found = { points: [] as Point[], unit: "" };
  for (const { unit, length } of STEPS) {
    found = { points: summed(dated.map(({ day, value }) => ({ name: day.slice(0, length), value }))), unit };
    if (found.points.length <= MOST_POINTS) break;
  }
  return found;
}

function summed(values: readonly Point[]): Point[] {
  const steps = new Map<string, number[]>();
  for (const { name, value } of values) {
    const step = steps.get(name) ?? [];
    steps.set(name, step);
    step.push(value);
  }
  return [...steps]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, all]) => ({ name, value: tidy(sum(all)) }));
}

function inOrder(measure: Column): { points: Point[]; unit: string } {
  const values = measure.values.flatMap((value, index) => (value === null ? [] : [{ row: index + 1, value }]));
  const size = Math.ceil(values.length / MOST_POINTS);
  const count = size > 0 ? Math.ceil(values.length / size) : 0;
  const points = Array.from({ length: count }, (_, index) => {
    const part = values.slice(index * size, (index + 1) * size);
    return { name: `row ${part[0]?.row}`, value: tidy(mean(part.map(({ value }) => value))) };
  });
  return { points, unit: size > 1 ? `in the order of the rows, mean of ${size}` : "in the order of the rows" };
}
