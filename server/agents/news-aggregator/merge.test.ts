import { expect, test } from "vitest";
import { merge, type SourceItem } from "./merge";

const item = (more: Partial<SourceItem>): SourceItem => ({
  ...{ id: "", title: "", link: "", published: "", summary: "", author: "", source: "a" },
  ...more,
});
const { signal } = new AbortController();

test("a story is the same by its name, its address or its words, and the first of all who tell it is given", async () => {
  const items = [
    item({ title: "One", id: "https://x.example/1", published: "2024-05-04" }),
    item({ title: "Uno", id: "https://x.example/1", published: "2024-05-03", source: "b" }),
    item({ title: "Two", link: "https://x.example/2?utm_source=b&q=1", published: "2024-05-02" }),
    item({ title: "Due", link: "https://www.x.example/2/?q=1#top", published: "2024-05-01", source: "c" }),
    item({ title: "The ferry to Corvik is late", published: "2024-04-30" }),
    item({ title: "The ferry to Corvik is late again", published: "2024-04-29", source: "d" }),
  ];
  const { stories, older } = await merge(items, { since: "", most: 50, signal });
  expect(stories.map(({ title, also }) => [title, also])).toEqual([
    ["One", ["b"]],
    ["Two", ["c"]],
    ["The ferry to Corvik is late", ["d"]],
  ]);
  expect(older).toBe(0);
});

test("of more items than are looked at the newest count, and how many were left is said", async () => {
  const items = Array.from({ length: 6_000 }, (_, index) =>
    item({ id: `${index}`, title: `${index}`, published: new Date(index * 86_400_000).toISOString() }),
  );
  const { stories, older } = await merge(items, { since: "", most: 200, signal });
  expect([stories.length, stories[0]?.title, older]).toEqual([200, "5999", 1_000]);
});

test("between pieces of the work others get through, and a deadline ends it", async () => {
  const many = Array.from({ length: 2_000 }, (_, index) => item({ title: `w${index} `.repeat(200) }));
  const stopping = new AbortController();
  const working = merge(many, { since: "", most: 200, signal: stopping.signal });
  setImmediate(() => stopping.abort(new Error("late")));
  await expect(working).rejects.toThrow("late");
});
