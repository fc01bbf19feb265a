import { readFileSync } from "node:fs";
import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { checkSchema } from "@/flows/types/check-schema";
import { inProcess } from "../apart/in-process.contract";
import { xlsxFile } from "../fixtures/office-file.mjs";
import { base64, damaged, trying } from "../trying.contract";
import { spreadsheetAnalyst } from "./agent";
import type { Outlier } from "./outliers";
import type { Statistics } from "./statistics";

type Output = { statistics: Record<string, Statistics>; outliers: Outlier[]; rows: number; report: string };

const agent = spreadsheetAnalyst({ apart: inProcess });
const { call, delivers, refuses } = trying<Output>(agent);
const sales = readFileSync("public/samples/sales-40.xlsx");
const csv = readFileSync("public/samples/sales-40.csv", "utf8");
type Rows = Parameters<typeof xlsxFile>[0][number]["rows"];
const sheet = (...rows: Rows) => base64(xlsxFile([{ name: "One", rows }]));
const changed = (path: string, change: (xml: string) => string) => {
  const parts = unzipSync(sales);
  return base64(zipSync({ ...parts, [path]: Buffer.from(change(Buffer.from(parts[path] ?? []).toString("utf8"))) }));
};

test("the manifest is inside of what the studio takes", () => {
  expect(checkSchema(agent.manifest.input)).toEqual([]);
  expect(checkSchema(agent.manifest.output)).toEqual([]);
});

test("the sales as XLSX give what they give as CSV: dates, numbers and what formulas came to", async () => {
  expect((await delivers({ xlsx: base64(sales) })).output).toEqual((await delivers({ csv })).output);
});

test("a sheet is chosen by its name, and one that is not there is refused with those that are", async () => {
  const { output } = await delivers({ xlsx: base64(sales), sheet: " notes" });
  expect(output.rows).toBe(3);
  expect(await refuses({ xlsx: base64(sales), sheet: "Nothing" })).toMatchObject({
    code: "sheet_unknown",
    message: expect.stringContaining("Sales, Notes"),
  });
});

test("cells are what they were typed as: a code keeps its zero, a date its day, an empty cell is missing", async () => {
  const { statistics } = (
    await delivers({
      xlsx: sheet(
        ["code", "when", "sum", "gap"],
        ["00501", { day: 45_292 }, { formula: "1+1", value: 2 }, null],
        ["10001", { day: 45_293.5 }, 3.25, 7],
      ),
    })
  ).output;
  expect(statistics).toMatchObject({
    code: { type: "text" },
    when: { type: "date", min: "2024-01-01", max: "2024-01-02" },
    sum: { type: "number", sum: 5.25 },
    gap: { missing: 1 },
  });
});

test("a formula that would fetch something is four characters like any other", async () => {
  const { report } = (await delivers({ xlsx: sheet(["a", "b"], ['=WEBSERVICE("http://x")', 1], ["y", 2]) })).output;
  expect(report).not.toContain("undefined");
});

test.each([
  [{ csv: "a\n1", xlsx: base64(sales) }, "table_doubled"],
  [{}, "table_missing"],
  [{ xlsx: "***" }, "file_not_base64"],
  [{ xlsx: base64(readFileSync("public/samples/ferry-report.docx")) }, "format_unknown"],
  [{ xlsx: base64(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])) }, "format_unknown"],
  [{ xlsx: base64(sales.subarray(0, 2_000)) }, "file_broken"],
  [{ xlsx: sheet() }, "sheet_empty"],
  [{ xlsx: sheet(["only", "names"]) }, "sheet_empty"],
  [
    { xlsx: changed("xl/workbook.xml", (xml) => xml.replace("<workbook", '<!DOCTYPE w [<!ENTITY a "b">]><workbook')) },
    "xml_refused",
  ],
])("what is wrong with the file is said with a code and a way out: %#", async (input, code) => {
  expect(await refuses(input)).toMatchObject({ code, class: "business" });
});

test("a cell at the far end of a sheet does not make a table of seventeen thousand million cells", async () => {
  const far = changed("xl/worksheets/sheet1.xml", (xml) =>
    xml.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
  );
  expect(await refuses({ xlsx: far })).toMatchObject({ code: "rows_too_many" });
});

test("the sales, broken anywhere, end in an answer", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(sales), async (bytes) => {
      await call({ xlsx: base64(bytes) });
    }),
    { numRuns: 60 },
  );
}, 120_000);
