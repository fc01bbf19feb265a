import { expect, test } from "vitest";
import { timeLeftWords } from "./time-left";

const DAY = 86_400;

test("a payer is told that time runs out when two days are left, and afterwards that it did", () => {
  expect(timeLeftWords(10 * DAY, 7.9 * DAY * 1_000)).toBeNull();
  expect(timeLeftWords(10 * DAY, 8 * DAY * 1_000)).toMatch(/^Time runs out on Jan 1\d, 1970/);
  expect(timeLeftWords(10 * DAY, 10 * DAY * 1_000)).toMatch(/^Time ran out on /);
});
