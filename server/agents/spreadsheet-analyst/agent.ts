import { z } from "zod";
import { type Agent, done, type Outcome, refused } from "@/sdk/agent";
import type { Apart, Care } from "../apart/apart";
import { breathe } from "../breathe";
import { drawChart } from "./chart";
import { chooseColumns } from "./choose";
import { type Column, readColumn } from "./column";
import { groupRows } from "./groups";
import { spreadsheetAnalystManifest } from "./manifest";
import { findOutliers, type Outlier } from "./outliers";
import { writeReport } from "./report";
import { describeColumn, type Statistics } from "./statistics";
import { readTable, type Table, tableOf } from "./table";

const Input = z.object({
  csv: z.string().optional(),
  xlsx: z.string().optional(),
  sheet: z.string().optional(),
  groupBy: z.string().optional(),
  measure: z.string().optional(),
  chart: z.enum(["bar", "line", "histogram"]).optional(),
});
type Input = z.infer<typeof Input>;

/** Longer lists help nobody, and a file can be made so that they would outgrow the answer. */
const MOST_OUTLIERS = 200;
const MOST_GROUPS = 500;

export function spreadsheetAnalyst({ apart }: { apart: Apart }): Agent {
  return {
    manifest: spreadsheetAnalystManifest,
    execute: async (given, { signal, tell }) => {
      const input = Input.parse(given);
      const table = await readInput(input, apart, { signal, tell });
      return table.ok ? analyse(input, table.value, { signal, tell }) : table;
    },
  };
}

async function readInput({ csv, xlsx, sheet }: Input, apart: Apart, care: Care): Promise<Outcome<Table>> {
  if (csv && xlsx) return refused("table_doubled", "Give a CSV or an XLSX file, not both.");
  if (!xlsx) {
    return csv === undefined ? refused("table_missing", "Give a CSV, or an XLSX file as base64.") : readTable(csv);
  }
  const read = await apart("readSheet", { file: xlsx, sheet }, care);
  if (!read.ok) return read;
  const [header = [], ...records] = read.value.rows;
  return tableOf(header, records);
}

async function analyse(input: Input, table: Table, { signal, tell }: Care): Promise<Outcome> {
  const columns: Column[] = [];
  const statistics: [string, Statistics][] = [];
  const outliers: Outlier[] = [];
  const { columns: read } = table;
  for (const [place, raw] of read.entries()) {
    tell({ progress: { done: place / read.length, message: `Column ${place + 1} of ${read.length}: ${raw.name}` } });
    await breathe(signal);
    const column = readColumn(raw);
    columns.push(column);
    statistics.push([column.name, describeColumn(column)]);
    outliers.push(...findOutliers(column));
  }
  outliers.sort((left, right) => right.score - left.score);

  const choice = chooseColumns(columns, input);
  if (!choice.ok) return choice;
  tell({ progress: { done: 1, message: "Grouping and writing the report" } });
  await breathe(signal);
  const { by, measure } = choice.value;
  const groups = by ? groupRows(by, measure) : [];
  const findings = { table, columns, statistics: Object.fromEntries(statistics), outliers, groups };
  const output = {
    report: writeReport({ ...findings, choice: choice.value }),
    statistics: findings.statistics,
    outliers: outliers.slice(0, MOST_OUTLIERS),
    groups: groups.slice(0, MOST_GROUPS),
    chart: drawChart(input.chart, choice.value, groups),
    rows: table.rows,
    missing: columns.reduce((total, { missing }) => total + missing, 0),
  };
  const detail = {
    groupBy: by?.name ?? null,
    measure: measure?.name ?? null,
    outliersFound: outliers.length,
    groupsFound: groups.length,
  };
  return done({ output, detail });
}
