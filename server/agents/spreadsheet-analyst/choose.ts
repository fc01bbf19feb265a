import { done, type Outcome, refused } from "@/sdk/agent";
import { type Column, isNumeric } from "./column";

/** What the analysis looks at beyond each column by itself. */
export type Choice = { by: Column | null; measure: Column | null; when: Column | null };

const MOST_GROUPS = 50;
const TOTALS = /revenue|sales|amount|total|value|turnover|umsatz|betrag/i;

/** Takes the columns that the caller named, and where none is named the ones that a person would look at first. */
export function chooseColumns(
  columns: readonly Column[],
  asked: { groupBy?: string | undefined; measure?: string | undefined },
): Outcome<Choice> {
  const by = asked.groupBy ? findColumn(columns, asked.groupBy) : likelyGroup(columns);
  const measure = asked.measure ? findColumn(columns, asked.measure) : likelyMeasure(columns);
  if (by === undefined) return unknown(columns, asked.groupBy ?? "");
  if (measure === undefined) return unknown(columns, asked.measure ?? "");
  if (measure && !isNumeric(measure)) {
    const numeric = columns.filter(isNumeric).map(({ name }) => name);
    const instead = numeric.length > 0 ? `Name one of: ${numeric.join(", ")}.` : "The table has no numeric column.";
    return refused("column_not_numeric", `The column "${measure.name}" holds ${measure.type} values. ${instead}`);
  }
  return done({ by, measure, when: columns.find(({ type }) => type === "date") ?? null });
}

/** Case and outer spaces are forgiven where that leaves no doubt. */
function findColumn(columns: readonly Column[], name: string): Column | undefined {
  const wanted = name.trim().toLowerCase();
  return (
    columns.find((column) => column.name === name) ?? columns.find((column) => column.name.toLowerCase() === wanted)
  );
}

function likelyGroup(columns: readonly Column[]): Column | null {
  return (
    columns.find(({ type, cells }) => {
      const distinct = type === "text" ? new Set(cells).size : 0;
      return distinct > 1 && distinct <= MOST_GROUPS && distinct <= cells.length / 2;
    }) ?? null
  );
}

function likelyMeasure(columns: readonly Column[]): Column | null {
  const numeric = columns.filter(isNumeric);
  return numeric.find(({ name }) => TOTALS.test(name)) ?? numeric.at(-1) ?? null;
}

function unknown(columns: readonly Column[], name: string): Outcome<never> {
  const names = columns.map((column) => column.name).join(", ");
  return refused(
    "column_unknown",
    `There is no column "${name.slice(0, 100)}". The columns are: ${names.slice(0, 1_000)}.`,
  );
}
