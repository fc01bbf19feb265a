import { expect, test } from "vitest";
import { ATTEMPTS_ALONE, MOST_ATTEMPTS, restMs } from "./again";

test("it waits longer each time, up to an hour, and by chance half as long", () => {
  const waits = Array.from({ length: MOST_ATTEMPTS }, (_, place) => restMs(place + 1, 1));
  expect(waits.slice(0, 4)).toEqual([5_000, 15_000, 45_000, 135_000]);
  expect(Math.max(...waits)).toBe(3_600_000);
  expect(restMs(2, 0)).toBe(7_500);
});

test("others are told within a minute, and it is given up within half a day", () => {
  const sum = (most: number) =>
    Array.from({ length: most - 1 }, (_, at) => restMs(at + 1, 1)).reduce((a, b) => a + b, 0);
  expect(sum(ATTEMPTS_ALONE)).toBeLessThan(60_000);
  expect(sum(MOST_ATTEMPTS)).toBeLessThan(12 * 3_600_000);
  expect(sum(MOST_ATTEMPTS)).toBeGreaterThan(6 * 3_600_000);
});
