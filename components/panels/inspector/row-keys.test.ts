import { expect, test } from "vitest";
import { keyed } from "./row-keys";

const keys = (rows: ReturnType<typeof keyed>) => rows.map(({ key }) => key);

test("a row that is renamed, or moved, stays the same row, and a new one is none of those that were", () => {
  const first = keyed([], ["a", "b"]);
  const renamed = keyed(first, ["a", "c"]);
  expect(keys(renamed)).toEqual(keys(first));
  expect(keys(keyed(renamed, ["c", "a"]))).toEqual(keys(first).toReversed());
  const more = keyed(renamed, ["a", "c", "b"]);
  expect(new Set(keys(more)).size).toBe(3);
  expect(keys(keyed(more, ["c", "b"]))).toEqual(keys(more).slice(1));
});
