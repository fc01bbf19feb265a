import { expect, test } from "vitest";
import { laterWords } from "./means-words";

test("what an operator set is said in hours and days", () => {
  expect([0, 1, 5, 24, 36, 72].map(laterWords)).toEqual([
    ...["at once", "an hour later", "5 hours later", "a day later", "36 hours later", "3 days later"],
  ]);
});
