import { expect, test } from "vitest";
import { formatDuration } from "@/components/ui/duration";
import { roundTicks } from "@/components/ui/time-ruler";

test.each([
  [12_400, [0, 5000, 10_000]],
  [900, [0, 200, 400, 600, 800]],
  [0, [0]],
])("a run of %i ms is marked at round times", (span, ticks) => {
  expect(roundTicks(span)).toEqual(ticks);
});

test.each([
  [0, "0 ms"],
  [999.4, "999 ms"],
  [12_400, "12.4 s"],
  [59_990, "1 min 00 s"],
  [185_000, "3 min 05 s"],
  [7_800_000, "2 h 10 min"],
])("%d ms is shown as %s", (ms, shown) => {
  expect(formatDuration(ms)).toBe(shown);
});
