import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkSchema } from "@/flows/types/check-schema";
import { mostPerCall } from "@/flows/types/price";
import { bundled } from "../apart/bundled.contract";
import { inChildren } from "../apart/in-child";
import { inProcess } from "../apart/in-process.contract";
import { gives, siteOf } from "../fetching/site.contract";
import { trying } from "../trying.contract";
import { webPageReader } from "./agent";
import type { ReadPage } from "./read-page";

let program: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  program = await bundled("server/agents/main.ts");
});
afterAll(() => program.remove());

const agent = webPageReader({ apart: inProcess, fetching: { allowedOrigins: [] } });
const { call, delivers, refuses } = trying<ReadPage>(agent);
const allowing = (origin: string) =>
  trying<ReadPage>(webPageReader({ apart: inProcess, fetching: { allowedOrigins: [origin] } }));

const sentence = "The gauge by the old bridge is read every morning at seven, and the reading is written down in ink. ";
const page = `<!doctype html><html lang="en-GB"><head><title>Why rivers are measured | The Gauge</title>
<meta property="og:site_name" content="The Gauge"><meta name="author" content="Marta Lind">
<meta property="article:published_time" content="2024-05-02T08:30:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Why rivers are measured</h1><p>${sentence.repeat(5)}</p><h2>In winter</h2><p>${sentence.repeat(5)}
<a href="/ice?a=1#top">ice</a> <a href="https://other.example/x">others</a> <a href="javascript:alert(1)">no</a></p>
<script>document.title = "changed"</script><p>${sentence.repeat(4)}</p></article>
<footer>Cookies and imprint</footer></body></html>`;

test("the manifest is inside of what the studio takes, and says that the address goes to the site", () => {
  expect(checkSchema(agent.manifest.input)).toEqual([]);
  expect(checkSchema(agent.manifest.output)).toEqual([]);
  expect(mostPerCall(agent.manifest.price).amount % 100n).toBe(0n);
  expect(agent.manifest.sends.join(" ")).toContain("to the web site");
});

test("the article of a page is read, and what stands around it is not", async () => {
  const site = await siteOf({ "/post": gives(page) });
  const { output } = await allowing(site.origin).delivers({ address: `${site.origin}/post` });
  expect(output).toMatchObject({
    title: expect.stringContaining("Why rivers are measured"),
    ...{ byline: "Marta Lind", site: "The Gauge", language: "en-GB", article: true },
    ...{ published: "2024-05-02T06:30:00.000Z", address: `${site.origin}/post` },
    headings: expect.arrayContaining([{ level: 2, text: "In winter" }]),
    links: [
      { text: "ice", address: `${site.origin}/ice?a=1` },
      { text: "others", address: "https://other.example/x" },
    ],
  });
  expect(output.text).toContain(sentence.trim());
  expect(output.text).not.toMatch(/Cookies|About us|changed/);
});

test("HTML that is given needs no network, and its address says where links lead from", async () => {
  const { output } = await delivers({ html: page, address: "https://gauge.example/a/b" });
  expect(output.links[0]?.address).toBe("https://gauge.example/ice?a=1");
});

test("a page without an article is given whole", async () => {
  const { output } = await delivers({ html: "<title>List</title><ul><li>One<li>Two</ul>" });
  expect(output).toMatchObject({ title: "List", text: expect.stringContaining("One"), byline: "", published: "" });
});

test("a page is read in the letters that it names", async () => {
  const latin = Buffer.from("<html><body><p>Größe</p></body></html>", "latin1");
  const site = await siteOf({ "/": gives(latin, "text/html; charset=iso-8859-1") });
  expect((await allowing(site.origin).delivers({ address: `${site.origin}/` })).output.text).toBe("Größe");
});

test.each([
  [{}, "page_unnamed"],
  [{ html: " " }, "page_unnamed"],
  [{ address: "nowhere" }, "address_invalid"],
  [{ address: "http://127.0.0.1/" }, "address_refused"],
  [{ html: "<script>1</script>" }, "page_empty"],
  [{ html: "<div>".repeat(100_000) }, "html_too_deep"],
  [{ html: "<b>a</b>".repeat(100_000) }, "page_too_large"],
])("what is wrong with the input is said with a code and a way out: %#", async (input, code) => {
  expect(await refuses(input)).toMatchObject({ code, class: "business" });
});

test("what lies at an address and is no page is named", async () => {
  const site = await siteOf({ "/a.pdf": gives("%PDF-", "application/pdf"), "/b": gives("x", "image/png") });
  const { refuses: refusesHere } = allowing(site.origin);
  expect((await refusesHere({ address: `${site.origin}/a.pdf` })).message).toContain("document extractor");
  expect(await refusesHere({ address: `${site.origin}/b` })).toMatchObject({ code: "page_not_html" });
  expect(await refusesHere({ address: `${site.origin}/c` })).toMatchObject({ code: "page_missing" });
});

test("10 MB of a page that was made to be slow end in an answer, in a process of their own", async () => {
  const apart = inChildren(program.url, { ms: 20_000, heapMb: 512, growthMb: 900, atOnce: 2 });
  const child = trying(webPageReader({ apart, fetching: { allowedOrigins: [] } }));
  const pieces = [
    "<p>word word, word</p>",
    "<table><tr><td>",
    "<a href=x>y</a>",
    '<p class="',
    "<svg><style>a{}</style>",
  ];
  await Promise.all(pieces.map((piece) => child.call({ html: piece.repeat(Math.floor(9_900_000 / piece.length)) })));
}, 180_000);

test("any HTML ends in an answer", async () => {
  const parts = fc.constantFrom(
    "<p>",
    "</p>",
    "<article>",
    "<html lang=x>",
    "<body>",
    "<a href=/x>",
    "</a>",
    "<time datetime=2024>",
    "<h2>",
    "word ",
    "<base href=http://",
    "<title>",
    "<script type=application/ld+json>{",
    "</html>",
    "\u0000",
    "<template>",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(parts, { maxLength: 40 }), fc.webUrl(), async (html, address) => {
      await call({ html: html.join(""), address });
    }),
    { numRuns: 150 },
  );
});
