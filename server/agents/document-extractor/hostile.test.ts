import { readFileSync } from "node:fs";
import fc from "fast-check";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Apart } from "../apart/apart";
import { bundled } from "../apart/bundled.contract";
import { inChildren } from "../apart/in-child";
import { inProcess } from "../apart/in-process.contract";
import { APART_LIMITS } from "../apart/limits";
import { pdfFile } from "../fixtures/pdf-file.mjs";
import { base64, damaged, trying } from "../trying.contract";
import { documentExtractor } from "./agent";

let program: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  program = await bundled("server/agents/main.ts");
});
afterAll(() => program.remove());

const sample = (name: string) => readFileSync(`public/samples/${name}`);
const apartWith = (limits: Partial<typeof APART_LIMITS>): Apart =>
  inChildren(program.url, { ...APART_LIMITS, ...limits });
const inChild = (limits: Partial<typeof APART_LIMITS> = {}) => trying(documentExtractor({ apart: apartWith(limits) }));
const { call, refuses } = trying(documentExtractor({ apart: inProcess }));

const word = (body: string, head = "") =>
  base64(
    zipSync({
      "[Content_Types].xml": xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
      "_rels/.rels": xml(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      "word/document.xml": xml(
        `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
      ),
    }),
  );
const xml = (text: string) => Buffer.from(text);

test("an archive that unpacks to more than it may is left where the counting stops", async () => {
  const file = word(`<w:p><w:r><w:t>${" ".repeat(80_000_000)}</w:t></w:r></w:p>`);
  expect(file.length).toBeLessThan(200_000);
  expect(await refuses({ file })).toMatchObject({ code: "document_too_large" });
});

test("entities that a document defines are not followed, wherever they lead", async () => {
  const laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>';
  const outside = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  for (const head of [laughs, outside]) {
    expect(await refuses({ file: word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", head) })).toMatchObject({
      code: "xml_refused",
    });
  }
});

test("elements that lie deep in each other end in an answer", async () => {
  const deep = "<w:sdt><w:sdtContent>".repeat(50_000) + "</w:sdtContent></w:sdt>".repeat(50_000);
  expect((await call({ file: word(deep) })).ok).toBe(false);
  expect(await refuses({ text: "<div>".repeat(1_000_000), mediaType: "text/html" })).toMatchObject({
    code: "html_too_deep",
  });
});

test("10 MB of HTML come to an end: as one text, as a million paragraphs, and as signs that open and never close", async () => {
  await call({ text: "word ".repeat(2_000_000), mediaType: "text/html" });
  for (const piece of ["<p>a", "<", "<a ", "&", "<!--", "<td>", '<a href="']) {
    await call({ text: piece.repeat(Math.floor(9_900_000 / piece.length)), mediaType: "text/html" });
  }
}, 120_000);

test.each(["# ", "#", "- ", "| ", "|-", " ", "1. ", "* * ", "`", "```\n", "\\|", "=\n", "a\n=\n"])(
  "2 MB of %j as Markdown come to an end",
  async (piece) => {
    await call({ text: piece.repeat(Math.floor(2_000_000 / piece.length)), mediaType: "text/markdown" });
  },
  60_000,
);

test("a PDF that says it has a thousand million pages, or whose pages hold each other, ends in an answer", async () => {
  const latin = Buffer.from(pdfFile({ title: "", pages: [[]] })).toString("latin1");
  const many = Buffer.from(latin.replace("/Count 1 ", "/Count 1000000000 "), "latin1");
  const round = Buffer.from(latin.replace("/Kids [6 0 R]", "/Kids [2 0 R]"), "latin1");
  const child = inChild({ ms: 5_000 });
  for (const file of [many, round]) expect((await child.call({ file: base64(file) })).ok).toBe(false);
});

test.each([
  { heapMb: 100, growthMb: 100_000 },
  { heapMb: 4_000, growthMb: 150 },
])(
  "a PDF whose stream unpacks for ever is ended with its process, and the next one is read: %j",
  async (limits) => {
    const pages = [[{ x: 60, y: 700, size: 10, text: "x".repeat(100_000_000) }]];
    const bomb = base64(pdfFile({ title: "", pages }));
    const child = inChild(limits);
    const { code, message } = await child.refuses({ file: bomb });
    expect([code, message]).toEqual(["document_too_costly", expect.stringContaining("memory")]);
    const file = base64(sample("ferry-report-4-pages.pdf"));
    await child.delivers({ file });
  },
  60_000,
);

test("work that takes too long is ended with a refusal, and work whose deadline passed with the deadline", async () => {
  const file = base64(sample("ferry-report-40-pages.pdf"));
  expect(await inChild({ ms: 50 }).refuses({ file })).toMatchObject({ code: "document_too_costly" });
  await expect(inChild().call({ file }, AbortSignal.timeout(50))).rejects.toThrow("timeout");
  await expect(inChild().call({ file }, AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
});

test("more documents than processes are read one after the other", async () => {
  const child = inChild({ atOnce: 1 });
  const file = base64(sample("ferry-report-4-pages.pdf"));
  const read = await Promise.all([1, 2, 3].map(() => child.delivers({ file })));
  expect(new Set(read.map(({ output }) => JSON.stringify(output))).size).toBe(1);
});

test.each(["ferry-report-4-pages.pdf", "ferry-report.docx"])(
  "%s, broken anywhere, ends in an answer",
  async (name) => {
    await fc.assert(
      fc.asyncProperty(damaged(sample(name)), async (bytes) => {
        await call({ file: base64(bytes) });
      }),
      { numRuns: 60 },
    );
  },
  300_000,
);

test("any text is a document of every kind that is text", async () => {
  const types = fc.constantFrom("text/html", "text/markdown", "text/plain");
  const parts = fc.constantFrom(
    "<table>",
    "<td>",
    "</tr>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "# ",
    "\n",
    "|",
    "- ",
    "a",
    "<p>",
    "</table>",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(parts, { maxLength: 60 }).map((all) => all.join("")),
  );
  await fc.assert(
    fc.asyncProperty(text, types, async (said, mediaType) => {
      const result = await call({ text: said, mediaType });
      if (!result.ok)
        expect(["document_empty", "text_missing", "format_unknown", "format_wrong"]).toContain(result.error.code);
    }),
    { numRuns: 300 },
  );
});
