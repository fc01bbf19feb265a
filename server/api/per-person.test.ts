import { expect, test } from "vitest";
import { perPerson } from "./per-person";

test("each person has so many times in each span, whatever others do", () => {
  const may = perPerson({ most: 2, perMs: 1_000 });
  expect([may("ann", 0), may("ann", 500), may("ann", 999)]).toEqual([true, true, false]);
  expect(may("bob", 999)).toBe(true);
  expect([may("ann", 1_000), may("ann", 1_001), may("ann", 1_002)]).toEqual([true, true, false]);
});
