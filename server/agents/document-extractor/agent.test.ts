import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ferryReport } from "@/flows/examples/ferry-report";
import { checkSchema } from "@/flows/types/check-schema";
import { mostPerCall } from "@/flows/types/price";
import { inProcess } from "../apart/in-process.contract";
import { harbourReport } from "../fixtures/harbour-report.mjs";
import { docxFile } from "../fixtures/office-file.mjs";
import { pdfFile } from "../fixtures/pdf-file.mjs";
import { base64, trying } from "../trying.contract";
import { documentExtractor } from "./agent";
import type { ReadDocument } from "./blocks";

const agent = documentExtractor({ apart: inProcess });
const { call, delivers, refuses } = trying<ReadDocument>(agent);
const sample = (name: string) => readFileSync(`public/samples/${name}`);
const report = harbourReport();
const said = (text: string) => ({ kind: "paragraph", text });

test("the shipped documents are what their script writes, and small", () => {
  const folder = mkdtempSync(join(tmpdir(), "documents-"));
  execFileSync(process.execPath, ["server/agents/fixtures/make-documents.mjs", folder]);
  const names = ["ferry-report-40-pages.pdf", "ferry-report-4-pages.pdf", "ferry-report.docx", "sales-40.xlsx"];
  for (const name of names) expect(readFileSync(join(folder, name)).equals(sample(name))).toBe(true);
  rmSync(folder, { recursive: true });
  const size = names.reduce((total, name) => total + statSync(`public/samples/${name}`).size, 0);
  expect(size).toBeLessThan(300_000);
});

test("the report of the sample flow is the shipped one, and is read as four pages", async () => {
  expect(Buffer.from(ferryReport, "base64").equals(sample("ferry-report-4-pages.pdf"))).toBe(true);
  expect((await delivers({ file: ferryReport })).output.counts.pages).toBe(4);
});

test("the manifest is inside of what the studio takes", () => {
  expect(checkSchema(agent.manifest.input)).toEqual([]);
  expect(checkSchema(agent.manifest.output)).toEqual([]);
  expect(mostPerCall(agent.manifest.price).amount % 100n).toBe(0n);
});

test("the 40 pages give every heading, every sentence and every cell of every table, in their order", async () => {
  const { output, detail } = await delivers({ file: base64(sample("ferry-report-40-pages.pdf")) });
  expect(output).toMatchObject({ title: report.title, format: "pdf", counts: { pages: 40, headings: 40, tables: 37 } });
  const expected = report.pages.flatMap(({ heading, level, paragraphs, items, table }, index) =>
    [
      { kind: "heading", text: heading, level },
      ...paragraphs.map(said),
      ...(items.length > 0 ? [{ kind: "list", items }] : []),
      ...(table.length > 0 ? [{ kind: "table", rows: table }] : []),
    ].map((block) => ({ ...block, page: index + 1 })),
  );
  expect(output.blocks).toMatchObject(expected);
  expect(output.text).not.toMatch(/Page \d+ of 40/);
  expect(output.documents.length).toBe(40);
  expect(output.documents[1]?.title).toBe("The Aldersund line: passengers, page 2");
  expect(detail).toMatchObject({ format: "pdf", pages: 40 });
});

test("pages can be named, and one that is not there is refused with those that are", async () => {
  const file = base64(sample("ferry-report-40-pages.pdf"));
  const { output } = await delivers({ file, pages: "38-39, 1" });
  expect([...new Set(output.blocks.map(({ page }) => page))]).toEqual([1, 38, 39]);
  const missing = await refuses({ file, pages: "2, 41" });
  expect(missing).toMatchObject({ code: "page_unknown", class: "business" });
  expect(missing.message).toContain("1 to 40");
  for (const pages of ["x", "3-1", "1;2", "0", "-1", "1-"]) {
    expect(["pages_unreadable", "page_unknown"]).toContain((await refuses({ file, pages })).code);
  }
  expect(await refuses({ text: "Words.", pages: "1" })).toMatchObject({ code: "pages_unreadable" });
});

test("a Word document gives the same structure as its source", async () => {
  const { output } = await delivers({ file: base64(sample("ferry-report.docx")), name: "Report.DOCX" });
  expect(output).toMatchObject({ title: report.title, format: "docx", counts: { pages: 0 } });
  const expected = harbourReport(6).pages.flatMap(({ heading, level, paragraphs, items, table }) => [
    { kind: "heading", text: heading, level },
    ...paragraphs.map(said),
    ...(items.length > 0 ? [{ kind: "list", items }] : []),
    ...(table.length > 0 ? [{ kind: "table", rows: table }] : []),
  ]);
  expect(output.blocks).toMatchObject(expected);
});

const page = `<!doctype html><html lang=en><head><title>Tides &amp; times</title><style>p{}</style></head><body>
<h1>Tides</h1><p>High   water<br>at <b>noon</b>.</p><script>alert("x")</script>
<ul><li>One <ul><li>inside</ul><li>Two</ul>
<table><tr><th>Day<th colspan=2>Hours<tr><td>Mon<td>5<td><p>eleven</p> sharp</table>
<div>Loose words <span>stay together</span></div></body></html>`;
const markdown = [
  "Tides\n=====\n\nHigh water\nat noon.\n\n- One\n  goes on\n- Two\n\n## Hours\n",
  "| Day | Hours |\n|---|--:|\n| Mon | 5 |\n\n```\n# no heading\n```\n",
].join("\n");

test("HTML and Markdown give headings, paragraphs, lists and tables", async () => {
  const html = (await delivers({ text: page })).output;
  expect(html).toMatchObject({ title: "Tides & times", format: "html" });
  expect(html.blocks).toEqual([
    { kind: "heading", level: 1, text: "Tides" },
    { kind: "paragraph", text: "High water\nat noon." },
    { kind: "list", items: ["One", "inside", "Two"], text: "- One\n- inside\n- Two" },
    {
      kind: "table",
      rows: [
        ["Day", "Hours", ""],
        ["Mon", "5", "eleven sharp"],
      ],
      text: "Day | Hours | \nMon | 5 | eleven sharp",
    },
    { kind: "paragraph", text: "Loose words stay together" },
  ]);
  const marked = (await delivers({ text: markdown, mediaType: "text/markdown; charset=utf-8" })).output;
  expect(marked.title).toBe("Tides");
  expect(marked.blocks).toMatchObject([
    { kind: "heading", level: 1, text: "Tides" },
    { kind: "paragraph", text: "High water at noon." },
    { kind: "list", items: ["One goes on", "Two"] },
    { kind: "heading", level: 2, text: "Hours" },
    {
      kind: "table",
      rows: [
        ["Day", "Hours"],
        ["Mon", "5"],
      ],
    },
    { kind: "paragraph", text: "# no heading" },
  ]);
  const plain = (await delivers({ text: "# One\nline\n\nTwo" })).output;
  expect(plain).toMatchObject({ format: "text", blocks: [said("# One line"), said("Two")] });
});

test("text is read in the letters that it was saved with", async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Größe", "utf16le")]);
  for (const file of [Buffer.from("Größe", "latin1"), Buffer.from("Größe"), Buffer.from("\uFEFFGröße"), utf16]) {
    expect((await delivers({ file: base64(file), name: "a.txt" })).output.text).toBe("Größe");
  }
});

const put = (text: string, at: Partial<{ x: number; y: number; size: number }> = {}) => ({
  ...{ x: 60, y: 700, size: 10, text },
  ...at,
});
const laid = async (...pages: ReturnType<typeof put>[][]) =>
  (await delivers({ file: base64(pdfFile({ title: "", pages })) })).output.blocks;

test("a divided word is one word again, and a wide space is no column", async () => {
  expect(await laid([put("The har-"), put("bour is", { y: 688 }), put("closed.", { x: 99, y: 688 })])).toMatchObject([
    { kind: "paragraph", text: "The harbour is closed." },
  ]);
});

test("a cell that is empty stays in its column, and a name that goes on below it is no row of its own column", async () => {
  const row = (y: number, ...cells: string[]) =>
    cells.flatMap((text, index) => (text ? [put(text, { x: 60 + index * 120, y })] : []));
  const [table] = await laid([
    ...row(700, "Ship", "Crew", "Cost"),
    ...row(686, "Gannet", "", "12"),
    ...row(672, "Dunlin", "4", "9"),
  ]);
  expect(table).toMatchObject({
    rows: [
      ["Ship", "Crew", "Cost"],
      ["Gannet", "", "12"],
      ["Dunlin", "4", "9"],
    ],
  });
});

test("prose in two columns is read one column after the other", async () => {
  const words = (side: string, line: number) => `${side} ${line} has many words in its line of text`;
  const lines = [0, 1, 2, 3, 4].flatMap((line) => [
    put(words("left", line), { y: 700 - line * 12, x: 60 }),
    put(words("right", line), { y: 700 - line * 12, x: 320 }),
  ]);
  const text = (await laid(lines)).map((block) => block.text).join(" ");
  expect(text.indexOf("left 4")).toBeLessThan(text.indexOf("right 0"));
});

test.each([
  [{ file: "***" }, "file_not_base64"],
  [{}, "document_empty"],
  [{ text: "" }, "document_empty"],
  [{ text: "a", file: base64(Buffer.from("b")) }, "document_doubled"],
  [{ text: "   \n " }, "text_missing"],
  [{ text: "x", name: "picture.png" }, "format_unknown"],
  [{ text: "x", mediaType: "image/png" }, "format_unknown"],
  [{ file: base64(Buffer.from([1, 0, 2])) }, "format_unknown"],
  [{ file: base64(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])) }, "format_unknown"],
  [{ file: base64(sample("sales-40.xlsx")) }, "format_unknown"],
  [{ text: "No PDF.", name: "a.pdf" }, "format_wrong"],
  [{ file: base64(sample("ferry-report.docx")), name: "a.pdf" }, "format_wrong"],
  [{ file: base64(sample("ferry-report-4-pages.pdf").subarray(0, 300)) }, "file_broken"],
  [{ file: base64(sample("ferry-report.docx").subarray(0, 3_000)) }, "file_broken"],
  [{ file: base64(pdfFile({ title: "", pages: [[]] })) }, "text_missing"],
  [{ file: base64(docxFile({ title: "", pieces: [] })) }, "text_missing"],
])("what is wrong with the input is said with a code and a way out: %#", async (input, code) => {
  expect(await refuses(input)).toMatchObject({ code, class: "business" });
});

test("a PDF that is locked is refused as locked", async () => {
  const open = Buffer.from(pdfFile({ title: "", pages: [[put("secret")]] })).toString("latin1");
  const lock = `/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${"01".repeat(32)}> /U <${"02".repeat(32)}> >>`;
  const locked = Buffer.from(open.replace("/Root 1 0 R", `/Root 1 0 R ${lock}`), "latin1");
  expect(await refuses({ file: base64(locked) })).toMatchObject({ code: "pdf_encrypted", class: "business" });
});

test("work does not begin behind its deadline", async () => {
  await expect(call({ text: "x" }, AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
});
