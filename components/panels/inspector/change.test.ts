import { expect, test } from "vitest";
import { namesBeside } from "./change";

test("a name is held against those beside it: texts of a list, or the same field of the others", () => {
  expect(namesBeside({ inputs: ["a", "b", "c"] }, ["inputs", "1"])).toEqual(["a", "c"]);
  const cases = [{ name: "big" }, { name: "small" }];
  expect(namesBeside({ cases }, ["cases", "0", "name"])).toEqual(["small"]);
  expect(namesBeside({ name: "alone" }, ["name"])).toEqual([]);
});
