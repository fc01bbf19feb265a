import type { Choice } from "./choose";
import type { Column } from "./column";
import type { Group } from "./groups";
import type { Outlier } from "./outliers";
import type { Statistics } from "./statistics";
import { clip } from "./svg";
import type { Table } from "./table";

export type Findings = {
  table: Table;
  columns: readonly Column[];
  statistics: Readonly<Record<string, Statistics>>;
  outliers: readonly Outlier[];
  choice: Choice;
  groups: readonly Group[];
};

const SHOWN_OUTLIERS = 20;
const SHOWN_GROUPS = 10;

/** The findings in words, as Markdown. What comes out of cells is escaped: a file cannot add links or headings to it. */
export function writeReport(findings: Findings): string {
  return [
    "# Spreadsheet analysis",
    ...opening(findings),
    "## Columns",
    ...columnTable(findings),
    "## Outliers",
    ...outlierLines(findings.outliers),
    ...groupTable(findings),
  ].join("\n\n");
}

function opening({ table, columns }: Findings): string[] {
  const missing = columns.reduce((total, column) => total + column.missing, 0);
  const cells = table.rows * columns.length;
  const share = cells > 0 ? ` (${((missing / cells) * 100).toFixed(2)} %)` : "";
  const ragged = table.ragged > 0 ? [`${number(table.ragged)} rows have more or fewer fields than the header.`] : [];
  return [
    `**${number(table.rows)}** rows, **${columns.length}** columns, **${number(missing)}** missing values${share}.`,
    ...ragged,
  ];
}

function columnTable({ columns, statistics }: Findings): string[] {
  const lines = columns.map(({ name }) => {
    const { type, missing, distinct, min, max, median, mean, top, unreadable } = statistics[name] ?? emptyColumn;
    const range =
      min === undefined
        ? (top ?? [])
            .slice(0, 3)
            .map(({ value }) => plain(value))
            .join(", ")
        : `${cell(min)} to ${cell(max)}`;
    const odd = unreadable ? `, ${unreadable} unreadable` : "";
    return `| ${plain(name)} | ${type}${odd} | ${number(missing)} | ${number(distinct)} | ${range} | ${cell(median)} | ${cell(mean)} |`;
  });
  const head =
    "| Column | Type | Missing | Distinct | Range or commonest | Median | Mean |\n|---|---|---:|---:|---|---:|---:|";
  return [[head, ...lines].join("\n")];
}

const emptyColumn: Statistics = { type: "empty", count: 0, missing: 0, distinct: 0 };

function outlierLines(outliers: readonly Outlier[]): string[] {
  if (outliers.length === 0) return ["No value lies far outside the rest of its column."];
  const lines = outliers
    .slice(0, SHOWN_OUTLIERS)
    .map(
      ({ column, row, value, reason }) =>
        `- Row ${number(row)} (line ${number(row + 1)} of the sheet), ${plain(column)}: **${number(value)}** is ${reason}.`,
    );
  const more = outliers.length > SHOWN_OUTLIERS ? [`And ${outliers.length - SHOWN_OUTLIERS} more.`] : [];
  return [lines.join("\n"), ...more];
}

function groupTable({ choice: { by, measure }, groups }: Findings): string[] {
  if (!by || groups.length === 0) return [];
  const title = measure ? `## ${plain(measure.name)} by ${plain(by.name)}` : `## Rows by ${plain(by.name)}`;
  const head = measure ? "| Group | Rows | Sum | Mean |\n|---|---:|---:|---:|" : "| Group | Rows |\n|---|---:|";
  const lines = groups
    .slice(0, SHOWN_GROUPS)
    .map(({ group, count, sum, mean }) =>
      measure
        ? `| ${plain(group)} | ${number(count)} | ${cell(sum)} | ${cell(mean)} |`
        : `| ${plain(group)} | ${number(count)} |`,
    );
  const more = groups.length > SHOWN_GROUPS ? [`And ${number(groups.length - SHOWN_GROUPS)} more groups.`] : [];
  return [title, [head, ...lines].join("\n"), ...more];
}

function cell(value: number | string | undefined): string {
  return value === undefined ? "" : typeof value === "string" ? plain(value) : number(value);
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

function plain(text: string): string {
  return clip(text.replaceAll(/\s+/g, " "), 60).replaceAll(/[\\`*_{}[\]<>|#!&~]/g, "\\$&");
}
