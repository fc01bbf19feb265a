import { type DateOrder, dateOrderOf, readDate } from "./read-date";
import { decimalSignOf, isCode, readNumber, unitOf } from "./read-number";
import type { RawColumn } from "./table";

export type ColumnType = "number" | "integer" | "boolean" | "date" | "text" | "empty";

/**
 * A column whose cells have been read. `values` holds numbers, or days since 1970 for dates; null where a cell is
 * missing or unreadable. `unreadable` counts the few cells that do not fit the type of the rest.
 */
export type Column = RawColumn & {
  type: ColumnType;
  values: readonly (number | null)[];
  missing: number;
  unreadable: number;
  unit: string | null;
  order: DateOrder | null;
};

const MISSING = new Set(["", "-", "–", "—", "?", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "missing"]);
const BOOLEANS = new Set(["true", "false", "yes", "no", "y", "n"]);
/** A column of numbers with one "unknown" in it is still one of numbers; with a tenth of them it is not. */
const ENOUGH = 0.9;

export function isMissing(cell: string): boolean {
  return MISSING.has(cell.toLowerCase());
}

export function isNumeric({ type }: Column): boolean {
  return type === "number" || type === "integer";
}

export function readColumn(raw: RawColumn): Column {
  const present = raw.cells.filter((cell) => !isMissing(cell));
  const missing = raw.cells.length - present.length;
  const base = { ...raw, missing, unreadable: 0, unit: null, order: null, values: [] };
  if (present.length === 0) return { ...base, type: "empty" };
  if (present.every((cell) => BOOLEANS.has(cell.toLowerCase()))) return { ...base, type: "boolean" };
  return numbers(base, present) ?? dates(base, present) ?? { ...base, type: "text" };
}

function numbers(base: Omit<Column, "type">, present: readonly string[]): Column | null {
  if (present.some(isCode)) return null;
  const sign = decimalSignOf(present);
  const values = base.cells.map((cell) => (isMissing(cell) ? null : readNumber(cell, sign)));
  const read = values.filter((value) => value !== null);
  if (read.length < present.length * ENOUGH) return null;
  const unit = present.map(unitOf).find((found) => found !== null) ?? null;
  const type = read.every(Number.isInteger) ? "integer" : "number";
  return { ...base, type, values, unit, unreadable: present.length - read.length };
}

function dates(base: Omit<Column, "type">, present: readonly string[]): Column | null {
  const order = dateOrderOf(present);
  const values = base.cells.map((cell) => (isMissing(cell) ? null : readDate(cell, order)));
  const read = values.filter((value) => value !== null).length;
  if (read < present.length * ENOUGH) return null;
  return { ...base, type: "date", values, order, unreadable: present.length - read };
}

/** The numbers of a column that are there, smallest first: what every statistic starts from. */
export function sortedValues({ values }: Column): number[] {
  return [...Float64Array.from(values.filter((value) => value !== null)).sort()];
}
