import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { schemaCheck } from "@/sdk/schema";
import { inProcess } from "../apart/in-process.contract";
import { spreadsheetAnalyst } from "./agent";
import { spreadsheetAnalystManifest } from "./manifest";
import type { Outlier } from "./outliers";
import type { Statistics } from "./statistics";

type Output = {
  report: string;
  statistics: Record<string, Statistics>;
  outliers: Outlier[];
  groups: { group: string; count: number; sum: number; mean: number }[];
  chart: string;
  rows: number;
  missing: number;
};

const agent = spreadsheetAnalyst({ apart: inProcess });

async function analyse(input: Record<string, unknown>): Promise<Output> {
  const result = await agent.execute(input, {
    signal: new AbortController().signal,
    executionId: "t",
    tell: () => {},
  });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  expect(schemaCheck("output", spreadsheetAnalystManifest.output)(result.value.output)).toBeNull();
  return result.value.output as Output;
}

async function refused(input: Record<string, unknown>) {
  const result = await agent.execute(input, {
    signal: new AbortController().signal,
    executionId: "t",
    tell: () => {},
  });
  return result.ok ? null : result.error;
}

const large = readFileSync("public/samples/sales-10000.csv", "utf8");
const small = readFileSync("public/samples/sales-40.csv", "utf8");
const table = (header: string, ...rows: string[]) => [header, ...rows].join("\n");
const repeat = (line: (index: number) => string, count = 20) =>
  Array.from({ length: count }, (_, index) => line(index));

test("the shipped sales files are what their script writes", () => {
  const folder = mkdtempSync(join(tmpdir(), "samples-"));
  execFileSync(process.execPath, ["server/agents/fixtures/make-samples.mjs", folder]);
  expect(readFileSync(join(folder, "sales-10000.csv"), "utf8")).toBe(large);
  expect(readFileSync(join(folder, "sales-40.csv"), "utf8")).toBe(small);
  rmSync(folder, { recursive: true });
});

test("exactly the three planted outliers of 10,000 rows are found, each with its row and column", async () => {
  const { outliers, rows, report } = await analyse({ csv: large });
  expect(rows).toBe(10_000);
  const found = outliers.map(({ row, column, value }) => ({ row, column, value })).sort((a, b) => a.row - b.row);
  expect(found).toEqual([
    { row: 1234, column: "units", value: 1900 },
    { row: 4217, column: "price", value: 3199 },
    { row: 8765, column: "revenue", value: -48210.5 },
  ]);
  expect(report).toContain("Row 8,765 (line 8,766 of the sheet), revenue: **-48,210.5** is far below the rest");
});

test("the one planted outlier of the small file is found", async () => {
  const { outliers } = await analyse({ csv: small });
  expect(outliers).toMatchObject([{ row: 27, column: "revenue", value: 98700 }]);
});

test("types, counts and statistics of the 10,000 rows agree with a plain computation", async () => {
  const { statistics, missing } = await analyse({ csv: large });
  const types = Object.entries(statistics).map(([name, { type }]) => [name, type]);
  expect(Object.fromEntries(types)).toEqual({
    order: "integer",
    date: "date",
    region: "text",
    product: "text",
    units: "integer",
    price: "number",
    revenue: "number",
  });
  // The last three fields hold no comma and no quote: they can be split off without a CSV parser.
  const tails = large
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").slice(-3));
  let expectedMissing = large.split("\n").filter((line) => /^\d+,[^,]+,,/.test(line)).length;
  for (const [index, name] of ["units", "price", "revenue"].entries()) {
    const written = tails.map((tail) => tail[index] ?? "");
    const values = written
      .filter((cell) => cell !== "" && cell !== "n/a")
      .map(Number)
      .sort((a, b) => a - b);
    expectedMissing += written.length - values.length;
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
    const quartile = (part: number) => {
      const place = (values.length - 1) * part;
      const [below = 0, above = 0] = [values[Math.floor(place)], values[Math.ceil(place)]];
      return below + (above - below) * (place % 1);
    };
    const got = statistics[name];
    expect(got).toMatchObject({
      count: values.length,
      missing: 10_000 - values.length,
      distinct: new Set(values).size,
    });
    expect(got).toMatchObject({ min: values[0], max: values.at(-1) });
    expect(got?.mean).toBeCloseTo(mean, 6);
    expect(got?.stdev).toBeCloseTo(Math.sqrt(variance), 6);
    expect(got?.median).toBeCloseTo(quartile(0.5), 9);
    expect(got?.q1).toBeCloseTo(quartile(0.25), 9);
    expect(got?.q3).toBeCloseTo(quartile(0.75), 9);
  }
  expect(missing).toBe(expectedMissing);
  expect(missing).toBeGreaterThan(100);
  expect(statistics.date).toMatchObject({ min: "2024-01-01", max: "2025-12-31", format: "year-month-day" });
  expect(statistics.product).toMatchObject({ distinct: 6, missing: 0 });
});

test("groups and their sums agree with a plain computation, and are what the report shows", async () => {
  const { groups, report } = await analyse({ csv: large, groupBy: " Region ", measure: "revenue" });
  const sums = new Map<string, number>();
  for (const line of large.trim().split("\n").slice(1)) {
    const region = line.split(",")[2] || "(missing)";
    sums.set(region, (sums.get(region) ?? 0) + Number(line.split(",").at(-1)));
  }
  expect(groups.map(({ group }) => group)).toEqual(
    [...sums.keys()].sort((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0)),
  );
  for (const { group, sum } of groups) expect(sum).toBeCloseTo(sums.get(group) ?? 0, 4);
  expect(report).toContain("## revenue by region");
});

test("10,000 rows take under two seconds", async () => {
  const startedAt = performance.now();
  await analyse({ csv: large });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test.each([
  [
    "semicolons, decimal commas, BOM and CRLF",
    "\uFEFFname;amount\r\na;1.234,5\r\nb;7,25\r\n",
    { min: 7.25, max: 1234.5 },
  ],
  ["tabs", "name\tamount\na\t5\nb\t7", { type: "integer", min: 5, max: 7 }],
  ["thousands and dollars", 'name,amount\na,"$1,200.50"\nb,-$3\nc,($4.25)', { min: -4.25, max: 1200.5, unit: "$" }],
  ["thousands without a fraction", 'name,amount\na,"1,200"\nb,"12,345,678"', { type: "integer", max: 12345678 }],
  ["euros after the number, and spaces in it", "name,amount\na,1 200.5 €\nb,3 €", { max: 1200.5, unit: "€" }],
  ["percent keeps its scale", "name,amount\na,12.5 %\nb,-3%", { min: -3, max: 12.5, unit: "%" }],
  ["exponents and a true minus", "name,amount\na,1.5e3\nb,\u22122", { min: -2, max: 1500 }],
  ["quoted fields with commas, quotes and lines", 'name,amount\n"a ""x"", b",1\n"two\nlines",2', { count: 2, max: 2 }],
])("numbers are read as people write them: %s", async (_title, csv, expected) => {
  expect((await analyse({ csv })).statistics.amount).toMatchObject(expected);
});

test.each([
  ["codes with a leading zero", ["00501", "10001"], { type: "text" }],
  [
    "identifiers too long for a number",
    ["12345678901234567890", "12345678901234567891"],
    { type: "text", distinct: 2 },
  ],
  ["formulas, which are never evaluated", ["=1+1", '=HYPERLINK("x")'], { type: "text" }],
  ["booleans", ["yes", "No", "TRUE"], { type: "boolean", distinct: 3 }],
  ["days first", ["13/02/2024", "01/03/2024"], { type: "date", min: "2024-02-13", max: "2024-03-01" }],
  ["months first", ["02/13/2024", "03/01/2024"], { type: "date", min: "2024-02-13", max: "2024-03-01" }],
  ["months by name", ["5 Mar 2024", "April 1, 2024"], { type: "date", min: "2024-03-05", max: "2024-04-01" }],
  ["times of day", ["2024-03-05T10:00:00Z", "2024-03-06 11:30"], { type: "date", max: "2024-03-06" }],
  ["a day that does not exist", ["2024-02-30", "2024-13-01"], { type: "text" }],
  ["nothing", ["", "n/a", "NULL"], { type: "empty", count: 0, missing: 3 }],
  ["one stray word among many numbers", [...repeat(String, 30), "unknown"], { type: "integer", unreadable: 1 }],
])("cells are read for what they are: %s", async (_title, cells, expected) => {
  const csv = table("id,what", ...cells.map((cell, index) => `x${index},"${cell.replaceAll('"', '""')}"`));
  expect((await analyse({ csv })).statistics.what).toMatchObject(expected);
});

test("headers that are empty or repeated get names of their own, ragged rows are counted, blank lines are not rows", async () => {
  const { statistics, rows, missing, report } = await analyse({ csv: "price,,price\n1,2,3\n\n4,5\n6,7,8,9\n" });
  expect(Object.keys(statistics)).toEqual(["price", "column 2", "price (2)", "column 4"]);
  expect([rows, missing]).toEqual([3, 3]);
  expect(report).toContain("2 rows have more or fewer fields than the header.");
});

test("a column named __proto__ is a column like any other", async () => {
  const { statistics } = await analyse({ csv: "__proto__,b\n1,2" });
  expect(Object.keys(statistics)).toEqual(["__proto__", "b"]);
});

test("what is wrong with the input is said with a code and a way out", async () => {
  expect(await refused({ csv: "" })).toMatchObject({ code: "csv_empty", class: "business" });
  expect(await refused({ csv: "a,b\n" })).toMatchObject({ code: "csv_empty" });
  expect(await refused({ csv: 'a,b\n"1,2\n3,4' })).toMatchObject({ code: "quotes_unbalanced" });
  const unknown = await refused({ csv: large, groupBy: "country" });
  expect(unknown).toMatchObject({ code: "column_unknown", message: expect.stringContaining("order, date, region") });
  const text = await refused({ csv: large, measure: "region" });
  expect(text).toMatchObject({ code: "column_not_numeric", message: expect.stringContaining("units, price, revenue") });
  expect(await refused({ csv: "a\n".repeat(200_002) })).toMatchObject({ code: "rows_too_many" });
  expect(await refused({ csv: table("a".concat(",b".repeat(500)), "1") })).toMatchObject({ code: "columns_too_many" });
});

test.each([
  ["a normal spread", (i: number) => 100 + ((i * 7919) % 97), []],
  ["a lognormal spread", (i: number) => Math.round(Math.exp(3 + Math.sin(i) + Math.cos(i * 7)) * 100), []],
  // Odds spread over four powers of ten: only by logarithm does the mistake stand out, and nothing else.
  ["a heavy tail with one mistake", (i: number) => (i === 7 ? 1e7 : (i + 0.5) / (399.5 - i)), [8]],
  ["mostly one value", (i: number) => (i === 50 ? 900 : i % 5 === 0 ? 11 : 10), [51]],
  ["all one value", () => 7, []],
  ["two populations", (i: number) => (i % 10 === 0 ? 5000 + i : 10 + (i % 3)), []],
  ["one value below zero", (i: number) => (i === 3 ? -4000 : 50 + (i % 11)), [4]],
])("outliers are mistakes, not a shape: %s", async (_title, value, rows) => {
  const { outliers } = await analyse({ csv: table("id,value", ...repeat((i) => `x${i},${value(i)}`, 400)) });
  expect(outliers.map(({ row }) => row)).toEqual(rows);
});

test.each(["bar", "line", "histogram"])(
  "a %s chart is one picture without script, whatever is in the cells",
  async (chart) => {
    const evil = `<script>alert(1)</script>"'&\u0000]]>`;
    const csv = table(
      "when,who,sum",
      ...repeat((i) => `2024-01-${10 + i},"${evil.replaceAll('"', '""')}${i % 3}",${i}`, 12),
    );
    const { chart: svg, report } = await analyse({ csv, chart, groupBy: "who" });
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*>\n<title>[^<]+<\/title>/);
    expect(svg).not.toMatch(/<script|href|on\w+=|style=|NaN|undefined/i);
    expect(svg).not.toContain("\u0000");
    expect(svg.match(/<[a-z]+/g)?.every((tag) => /<(svg|title|desc|text|rect|line|path)/.test(tag))).toBe(true);
    expect(report).not.toContain("<script>");
  },
);

test("a chart says when there is nothing to draw", async () => {
  expect((await analyse({ csv: "a\nx\ny", chart: "histogram" })).chart).toContain("There is no numeric column to draw");
});

test("work stops when its deadline passes", async () => {
  const signal = AbortSignal.abort(new Error("late"));
  await expect(agent.execute({ csv: large }, { signal, executionId: "t", tell: () => {} })).rejects.toThrow("late");
});

test("every column that is read is told, and the rest is the report", async () => {
  const told: unknown[] = [];
  const execution = {
    signal: new AbortController().signal,
    executionId: "t",
    tell: (report: unknown) => told.push(report),
  };
  await agent.execute({ csv: table("name,price", "a,1", "b,2") }, execution);
  expect(told).toEqual([
    { progress: { done: 0, message: "Column 1 of 2: name" } },
    { progress: { done: 0.5, message: "Column 2 of 2: price" } },
    { progress: { done: 1, message: "Grouping and writing the report" } },
  ]);
});
