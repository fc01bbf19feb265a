import { expect, test } from "vitest";
import { clockOf, minuteOfClock } from "./notice-words";

test("minutes of a day are written as clocks show them, and read back", () => {
  for (const minute of [0, 5, 60, 719, 1_439]) expect(minuteOfClock(clockOf(minute))).toBe(minute);
  expect(clockOf(1_325)).toBe("22:05");
  for (const wrong of ["", "24:00", "7:30", "12:60"]) expect(minuteOfClock(wrong)).toBeNull();
});
