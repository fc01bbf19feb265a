import { declareAgent } from "@/sdk/agent";

const number = { type: "number" };
const text = { type: "string" };
const count = { type: "integer", minimum: 0 };

export const spreadsheetAnalystManifest = declareAgent({
  agent: "studio/spreadsheet-analyst@1.1.0",
  title: "Spreadsheet analyst",
  description:
    "Reads a CSV or an XLSX sheet: column types, statistics, missing values, outliers with their row, groups, and a chart.",
  capabilities: ["csv", "xlsx", "statistics", "outliers", "chart"],
  effect: "keyed",
  price: { currency: "microcredits", amount: "600000" },
  deadlineMs: 60_000,
  sends: ["The whole CSV or XLSX file, to this agent on the studio's own machine"],
  input: {
    type: "object",
    properties: {
      csv: { ...text, title: "CSV", description: "First line: column names.", contentMediaType: "text/csv" },
      xlsx: {
        ...text,
        title: "XLSX",
        description: "In place of a CSV: an XLSX file as base64. Its first row names the columns.",
        contentEncoding: "base64",
        "x-studio-type": "file",
        maxLength: 10_000_000,
      },
      sheet: { ...text, title: "Sheet", description: "Of an XLSX file, by its name. The first when left out." },
      groupBy: { ...text, title: "Group by", description: "A column. Chosen from the CSV when left out." },
      measure: { ...text, title: "Measure", description: "A numeric column. Chosen from the CSV when left out." },
      chart: { ...text, title: "Chart", enum: ["bar", "line", "histogram"] },
    },
    additionalProperties: false,
  },
  output: {
    type: "object",
    properties: {
      report: { ...text, title: "Report", contentMediaType: "text/markdown" },
      statistics: {
        type: "object",
        title: "Statistics",
        additionalProperties: {
          type: "object",
          properties: {
            type: { enum: ["number", "integer", "boolean", "date", "text", "empty"] },
            count,
            missing: count,
            distinct: count,
            unreadable: count,
            unit: text,
            format: text,
            min: { type: ["number", "string"] },
            max: { type: ["number", "string"] },
            ...{ sum: number, mean: number, median: number, stdev: number, q1: number, q3: number },
            top: { type: "array", items: { type: "object", properties: { value: text, count } } },
          },
          required: ["type", "count", "missing", "distinct"],
          additionalProperties: false,
        },
      },
      outliers: {
        type: "array",
        title: "Outliers",
        items: {
          type: "object",
          properties: {
            column: text,
            row: { type: "integer", minimum: 1 },
            value: number,
            score: number,
            reason: text,
          },
          required: ["column", "row", "value", "score", "reason"],
          additionalProperties: false,
        },
      },
      groups: {
        type: "array",
        title: "Groups",
        items: {
          type: "object",
          properties: { group: text, count, sum: number, mean: number, median: number, min: number, max: number },
          required: ["group", "count"],
          additionalProperties: false,
        },
      },
      chart: { ...text, title: "Chart", contentMediaType: "image/svg+xml" },
      rows: { ...count, title: "Rows" },
      missing: { ...count, title: "Missing values" },
    },
    required: ["report", "statistics", "outliers", "groups", "chart", "rows", "missing"],
    additionalProperties: false,
  },
});
