import { mean, quantileSorted, sampleStandardDeviation, sum } from "simple-statistics";
import { type Column, type ColumnType, isMissing, sortedValues } from "./column";
import { isoDay } from "./read-date";

/** What is said about one column. Numbers of numeric columns, days of dates, the commonest values of the rest. */
export type Statistics = {
  type: ColumnType;
  count: number;
  missing: number;
  distinct: number;
  unreadable?: number;
  unit?: string;
  format?: string;
  min?: number | string;
  max?: number | string;
  sum?: number;
  mean?: number;
  median?: number;
  stdev?: number;
  q1?: number;
  q3?: number;
  top?: { value: string; count: number }[];
};

const TOP = 5;

export function describeColumn(column: Column): Statistics {
  const { type, cells, missing, unreadable, unit, order } = column;
  const present = cells.filter((cell) => !isMissing(cell));
  const values = sortedValues(column);
  const base = {
    type,
    count: present.length,
    missing,
    distinct: values.length > 0 ? distinctSorted(values) : new Set(present).size,
    ...(unreadable > 0 ? { unreadable } : {}),
  };
  if (type === "empty") return base;
  if (type === "text" || type === "boolean") return { ...base, top: commonest(present) };
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (type === "date") return { ...base, format: order ?? "", min: isoDay(first), max: isoDay(last) };
  return { ...base, ...(unit ? { unit } : {}), ...numbersOf(values) };
}

/** Quartiles lie between two values where they must, as in Excel's QUARTILE.INC and in NumPy; stdev is of a sample. */
function numbersOf(values: readonly number[]): Partial<Statistics> {
  const sorted = [...values];
  const [min = 0, max = 0] = [sorted[0], sorted.at(-1)];
  return {
    min,
    max,
    sum: tidy(sum(sorted)),
    mean: tidy(mean(sorted)),
    median: tidy(quantileSorted(sorted, 0.5)),
    q1: tidy(quantileSorted(sorted, 0.25)),
    q3: tidy(quantileSorted(sorted, 0.75)),
    ...(sorted.length > 1 ? { stdev: tidy(sampleStandardDeviation(sorted)) } : {}),
  };
}

/** 12 digits: more would show the error of adding, 0.30000000000000004. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function distinctSorted(values: readonly number[]): number {
  return values.filter((value, index) => value !== values[index - 1]).length;
}

function commonest(cells: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value: value.slice(0, 200), count }))
    .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1))
    .slice(0, TOP);
}
