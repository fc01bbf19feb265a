import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Report } from "@/sdk/report";
import { schemaCheck } from "@/sdk/schema";
import { summariser } from "./agent";

type Output = {
  summary: string;
  sentences: { text: string; position: number; score: number }[];
  words: number;
  mode: string;
  keywords: string[];
};

const agent = summariser({ model: null });
const signal = new AbortController().signal;

async function summarise(input: Record<string, unknown>): Promise<Output> {
  const result = await agent.execute(input, { signal, executionId: "t", tell: () => {} });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  expect(schemaCheck("output", agent.manifest.output)(result.value.output)).toBeNull();
  expect(result.value.detail).toEqual({ mode: "extractive", reason: "no_model_configured" });
  return result.value.output as Output;
}

const article = readFileSync("public/samples/article-5000-words.txt", "utf8");
const short = readFileSync("public/samples/article-700-words.txt", "utf8");

test("the shipped articles are as long as their names say", async () => {
  const [long, brief] = [await summarise({ text: article }), await summarise({ text: short })];
  expect(Math.abs(long.words - 5_000)).toBeLessThan(150);
  expect(Math.abs(brief.words - 700)).toBeLessThan(30);
});

test.each([1, 3, 5, 10, 20])(
  "%i sentences are asked for and given, word for word and in the order of the text",
  async (count) => {
    const { sentences, summary, mode } = await summarise({ text: article, sentences: count });
    expect(sentences.length).toBe(count);
    for (const { text } of sentences) expect(article).toContain(text);
    const places = sentences.map(({ text }) => article.indexOf(text));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(new Set(sentences.map(({ position }) => position)).size).toBe(count);
    expect(summary).toBe(sentences.map(({ text }) => text).join(" "));
    expect(mode).toBe("extractive");
  },
);

test("five sentences of the long article hold what it is about", async () => {
  const { summary, sentences, keywords } = await summarise({ text: article });
  expect(sentences.length).toBe(5);
  expect(summary).toContain("every transaction is written down twice");
  expect(summary).toContain("The two entries are always equal");
  expect(summary).toContain("each journal entry is posted twice");
  expect(keywords).toEqual(expect.arrayContaining(["books", "ledger", "entry", "balance"]));
});

test("the short article's summary says what a gauge is and what the record is worth", async () => {
  const { summary, keywords } = await summarise({ text: short, sentences: 4 });
  expect(summary).toContain("A river gauge is a ruler that stands in the water");
  expect(keywords).toEqual(expect.arrayContaining(["river", "flood", "gauge"]));
});

test.each([
  ["railways and depreciation of locomotives", "epreciation"],
  ["fraud", "Fraud"],
  ["public blockchains", "lockchain"],
])("a focus on %s draws sentences about it", async (focus, expected) => {
  const { summary } = await summarise({ text: article, sentences: 3, focus });
  expect(summary).toContain(expected);
  expect(summary).not.toBe((await summarise({ text: article, sentences: 3 })).summary);
});

test("the same text gives the same summary, in under two seconds", async () => {
  const first = await summarise({ text: article, sentences: 10 });
  expect(await summarise({ text: article, sentences: 10 })).toEqual(first);
});

test("what is said twice is taken once", async () => {
  const said = "The committee approved the new bridge over the river because the old one is unsafe.";
  const again = "Because the old one is unsafe, the committee approved the new bridge over the river.";
  const other = "Traffic will be led through the village of Oberau for about eleven months.";
  const { sentences } = await summarise({ text: `${said}\n\n${again}\n\n${other}`, sentences: 3 });
  expect(sentences.map(({ text }) => text)).toEqual([said, other]);
});

test("a text that is shorter than its summary is given whole", async () => {
  const { summary, sentences } = await summarise({
    text: "It rained all day. We stayed inside and read.",
    sentences: 20,
  });
  expect(summary).toBe("It rained all day. We stayed inside and read.");
  expect(sentences.length).toBe(2);
});

test.each([
  [
    "titles and initials",
    "Dr. J. Smith met Mrs. Jones. They talked.",
    ["Dr. J. Smith met Mrs. Jones.", "They talked."],
  ],
  [
    "decimals and abbreviations",
    "It costs 3.50 euros, i.e. little. Buy it!",
    ["It costs 3.50 euros, i.e. little.", "Buy it!"],
  ],
  ["quotes", 'He said: "Go home." She went.', ['He said: "Go home."', "She went."]],
  ["lines that are wrapped", "One sentence\r\nover two lines. Another.", ["One sentence over two lines.", "Another."]],
  ["headings", "A heading\n\nA sentence follows it here.", ["A sentence follows it here."]],
  ["Japanese", "今日は雨です。明日は晴れます。", ["今日は雨です。", "明日は晴れます。"]],
])("sentences end where a reader would say: %s", async (_title, text, expected) => {
  const { sentences } = await summarise({ text, sentences: 20 });
  expect(sentences.map((sentence) => sentence.text)).toEqual(expected);
});

test("nothing to read is refused with a way out", async () => {
  for (const text of ["", " \n\n ", "Only a heading"]) {
    const result = await agent.execute({ text }, { signal, executionId: "t", tell: () => {} });
    expect(result).toMatchObject({ ok: false, error: { code: "text_empty", class: "business" } });
  }
});

test("a book in one paragraph, and one without any full stop, come to an end", async () => {
  const book = Array.from({ length: 30 }, (_, index) =>
    article.replaceAll(/\n\n/g, " ").replaceAll("the ", `t${index}h `),
  ).join(" ");
  expect((await summarise({ text: book, sentences: 20 })).sentences.length).toBe(20);
  expect((await summarise({ text: "word ".repeat(100_000) })).words).toBe(100_000);
  expect((await summarise({ text: `${"x".repeat(500_000)}.` })).sentences.length).toBeGreaterThan(0);
}, 120_000);

test("work stops when its deadline passes", async () => {
  const late = { signal: AbortSignal.abort(new Error("late")), executionId: "t", tell: () => {} };
  await expect(agent.execute({ text: article }, late)).rejects.toThrow("late");
});

test("how far the comparing is goes up to the whole", async () => {
  const told: number[] = [];
  const execution = { signal, executionId: "t", tell: (report: Report) => told.push(doneOf(report)) };
  expect(await agent.execute({ text: article }, execution)).toMatchObject({ ok: true });
  expect(told.length).toBeGreaterThan(3);
  expect(told[0]).toBe(0);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(Math.max(...told)).toBeLessThan(1);
});

function doneOf(report: Report): number {
  return "progress" in report ? (report.progress.done ?? -1) : -1;
}
