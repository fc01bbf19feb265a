import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSchema } from "@/flows/types/check-schema";
import { mostPerCall } from "@/flows/types/price";
import type { Apart } from "../apart/apart";
import { inProcess } from "../apart/in-process.contract";
import { gives, siteOf } from "../fetching/site.contract";
import { damaged, trying } from "../trying.contract";
import { newsAggregator } from "./agent";
import type { Story } from "./merge";

type Output = {
  items: Story[];
  text: string;
  sources: { source: string; title: string; items: number }[];
  faults: { source: string; code: string; message: string }[];
};

const agent = newsAggregator({ apart: inProcess, fetching: { allowedOrigins: [] } });
const { call, delivers, refuses } = trying<Output>(agent);

const item = (title: string, more = "") => `<item><title>${title}</title>${more}</item>`;
const rss = (title: string, ...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="d"><channel><title>${title}</title>${items.join("")}</channel></rss>`;
const river = rss(
  "River News",
  item(
    "The bridge is closed &amp; guarded",
    "<link>https://river.example/a?utm_source=x#top</link><guid>1</guid><pubDate>Thu, 02 May 2024 08:00:00 +0200</pubDate><description>&lt;p&gt;High &lt;b&gt;water&lt;/b&gt;.&lt;/p&gt;</description><dc:creator>M. Lind</dc:creator>",
  ),
  item(
    "<![CDATA[Fares <i>rise</i>]]>",
    "<link>https://river.example/b</link><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate>",
  ),
  item("No day", "<link>javascript:alert(1)</link>"),
);
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Town &amp;amp; Quay</title>
<entry><id>tag:quay,1</id><title>Ferry is late</title><link rel="self" href="/self"/><link href="/late"/>
<updated>2024-05-03T00:00:00Z</updated><published>2024-05-02T23:00:00Z</published><author><name>A. Moe</name></author>
<content type="html">&lt;script&gt;x&lt;/script&gt;Two hours.</content></entry>
<entry><id>tag:quay,2</id><title>Bridge closed</title><link href="https://www.river.example/a/"/><updated>2024-05-02T05:00:00Z</updated></entry></feed>`;
const rdf = `<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title></channel>
<item><title>Fog over the sound again today</title><link>http://old.example/1</link><dc:date>2024-04-30</dc:date></item></rdf:RDF>`;
const json = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "Json",
  items: [
    {
      id: 7,
      url: "https://j.example/7",
      title: "Fog over the sound, again today",
      date_published: "2024-04-29T00:00:00Z",
      authors: [{ name: "B" }],
    },
    null,
    3,
  ],
});
const feeds = [river, atom, rdf, json].map((text, index) => ({ name: `feed ${index}`, text }));

test("the manifest is inside of what the studio takes", () => {
  expect(checkSchema(agent.manifest.input)).toEqual([]);
  expect(checkSchema(agent.manifest.output)).toEqual([]);
  expect(mostPerCall(agent.manifest.price).amount % 100n).toBe(0n);
});

test("RSS, Atom, RDF and JSON Feed become one list, the newest first and each story once", async () => {
  const { output } = await delivers({ feeds });
  expect(output.items.map(({ title, published, source }) => [title, published.slice(0, 10), source])).toEqual([
    ["Ferry is late", "2024-05-02", "Town & Quay"],
    ["The bridge is closed & guarded", "2024-05-02", "River News"],
    ["Fares rise", "2024-05-01", "River News"],
    ["Fog over the sound again today", "2024-04-30", "Old"],
    ["No day", "", "River News"],
  ]);
  expect(output.items[0]).toMatchObject({ author: "A. Moe", summary: "Two hours." });
  expect(output.items[1]).toMatchObject({ summary: "High water.", author: "M. Lind", also: ["Town & Quay"] });
  expect(output.items[3]).toMatchObject({ also: ["Json"] });
  expect(output.items[4]).toMatchObject({ link: "" });
  expect(output.sources.map(({ items }) => items)).toEqual([3, 2, 1, 1]);
  expect(output.text).toContain("**Ferry is late** (Town & Quay, 2024-05-02)");
});

test("since a day, and not more than asked for", async () => {
  const titles = async (input: object) => (await delivers({ feeds, ...input })).output.items.map(({ title }) => title);
  expect(await titles({ since: "2024-05-02" })).toEqual(["Ferry is late", "The bridge is closed & guarded"]);
  expect((await titles({ most: 2 })).length).toBe(2);
  expect(await titles({ since: "2030-01-01" })).toEqual([]);
});

test("feeds are fetched, links are whole, and a source that fails is named beside the others", async () => {
  const site = await siteOf({
    "/atom": gives(atom, "application/atom+xml"),
    "/page": gives("<html><body>x</body></html>"),
  });
  const here = trying<Output>(newsAggregator({ apart: inProcess, fetching: { allowedOrigins: [site.origin] } }));
  const addresses = [
    `${site.origin}/atom`,
    `${site.origin}/gone`,
    `${site.origin}/page`,
    "http://127.0.0.1:1/",
    `${site.origin}/atom`,
  ];
  const { output } = await here.delivers({ addresses });
  expect(output.items[0]?.link).toBe(`${site.origin}/late`);
  expect(output.faults.map(({ code }) => code)).toEqual(["page_missing", "feed_unknown", "address_refused"]);
  expect(output.sources.length).toBe(1);
});

test("forty feeds that unpack to far more than they weigh are fetched a few at once, and bounded in all", async () => {
  const bomb = gzipSync(Buffer.alloc(9 * 1024 * 1024, "<rss>"));
  let [open, most] = [0, 0];
  const site = await siteOf(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `/${index}`,
        (response: ServerResponse) => {
          most = Math.max(most, ++open);
          response.on("close", () => open--);
          response.writeHead(200, { "Content-Encoding": "gzip" });
          setTimeout(() => response.end(bomb), 5);
        },
      ]),
    ),
  );
  const held: number[] = [];
  const apart = (async (_task: string, { feed }: { feed: Uint8Array }) => {
    held.push(feed.length);
    return { ok: true, value: { title: "", items: [] } };
  }) as unknown as Apart;
  const here = trying<Output>(newsAggregator({ apart, fetching: { allowedOrigins: [site.origin] } }));
  const { output } = await here.delivers({ addresses: forty(site.origin) });
  expect(most).toBeLessThanOrEqual(4);
  expect(held.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40 * 1024 * 1024);
  expect(output.sources.length + output.faults.length).toBe(40);
  expect(new Set(output.faults.map(({ code }) => code))).toEqual(new Set(["pages_too_large"]));
  expect(site.heard.length).toBeLessThan(10);
});

const forty = (origin: string) => Array.from({ length: 40 }, (_, index) => `${origin}/${index}`);

test.each([
  [{}, "feeds_missing"],
  [{ addresses: Array(41).fill("http://10.0.0.1/") }, "feeds_too_many"],
  [{ feeds, since: "yesterday" }, "since_unreadable"],
  [{ feeds: [{ name: "page", text: "<html><body>no feed</body></html>" }] }, "feeds_failed"],
  [{ feeds: [{ name: "json", text: "{}" }] }, "feeds_failed"],
  [{ feeds: [{ name: "empty", text: "" }] }, "feeds_failed"],
  [{ addresses: ["http://10.0.0.1/feed"] }, "feeds_failed"],
])("what is wrong with the input is said with a code and a way out: %#", async (input, code) => {
  expect(await refuses(input)).toMatchObject({ code, class: "business" });
});

test("entities that a feed defines are not expanded, and nothing that it names is fetched", async () => {
  const laughs = `<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
  const text = laughs + rss("Jokes", item("x &b; y &c;")).replace('<?xml version="1.0"?>', "");
  const { output } = await delivers({ feeds: [{ name: "f", text }] });
  expect(output.items[0]?.title).not.toMatch(/haha|root:/);
});

test("feeds that are deep, long and full end in an answer within seconds", async () => {
  const startedAt = performance.now();
  for (const text of [
    "<rss>".repeat(500_000),
    rss("Long", item("x".repeat(5_000_000))),
    rss("Many", item("a b c d").repeat(200_000)),
    rss("Open", "<item><title>".repeat(200_000)),
  ]) {
    await call({ feeds: [{ name: "f", text }] });
  }
  expect(performance.now() - startedAt).toBeLessThan(20_000);
}, 60_000);

test("a feed, broken anywhere, ends in an answer", async () => {
  const broken = fc.constantFrom(river, atom, rdf, json).chain((text) => damaged(Buffer.from(text)));
  await fc.assert(
    fc.asyncProperty(broken, async (bytes) => {
      await call({ feeds: [{ name: "f", text: Buffer.from(bytes).toString("utf8") }] });
    }),
    { numRuns: 200 },
  );
});
