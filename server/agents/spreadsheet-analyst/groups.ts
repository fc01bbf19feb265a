import { mean, medianSorted, sum } from "simple-statistics";
import { type Column, isMissing } from "./column";
import { tidy } from "./statistics";

/** One value of the grouping column and the rows that have it; numbers only where there is a measure. */
export type Group = {
  group: string;
  count: number;
  sum?: number;
  mean?: number;
  median?: number;
  min?: number;
  max?: number;
};

const MISSING = "(missing)";

/** Largest first: by the measure's sum, or by the number of rows. Ties by name, so that equal files give equal lists. */
export function groupRows(by: Column, measure: Column | null): Group[] {
  const rows = new Map<string, { count: number; values: number[] }>();
  for (const [index, cell] of by.cells.entries()) {
    const name = isMissing(cell) ? MISSING : cell.slice(0, 200);
    const group = rows.get(name) ?? { count: 0, values: [] };
    rows.set(name, group);
    group.count++;
    const value = measure?.values[index] ?? null;
    if (value !== null) group.values.push(value);
  }
  return [...rows]
    .map(([group, { count, values }]) => ({ group, count, ...(measure ? numbersOf(values) : {}) }))
    .sort((left, right) => weight(right) - weight(left) || (left.group < right.group ? -1 : 1));
}

function weight({ sum: total, count }: Group): number {
  return total ?? count;
}

function numbersOf(values: number[]): Partial<Group> {
  if (values.length === 0) return { sum: 0 };
  values.sort((left, right) => left - right);
  const [min = 0, max = 0] = [values[0], values.at(-1)];
  return { sum: tidy(sum(values)), mean: tidy(mean(values)), median: tidy(medianSorted(values)), min, max };
}
