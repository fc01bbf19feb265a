import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, dayNumber, HOUR_MS, MINUTE_MS } from "./local-time";
import { MISSED, MOST_MISSED, whatIsDue } from "./missed";

const HOURLY = { cron: "0 * * * *", zone: "UTC" };
const noon = dayNumber({ year: 2026, month: 11, day: 21 }) * DAY_MS + 12 * HOUR_MS;
const SECOND_MS = 1_000;

test("[W3] a time that has just come is started, whatever is to be done about missed ones", () => {
  for (const missed of MISSED)
    expect(whatIsDue({ ...HOURLY, missed }, noon, noon + SECOND_MS)).toEqual({
      start: [noon],
      dropped: null,
      nextMs: noon + HOUR_MS,
    });
});

test("[W3] of missed times none is made up for, the latest, or each", () => {
  const now = noon + 2 * HOUR_MS + 10 * MINUTE_MS;
  const due = (missed: (typeof MISSED)[number]) => whatIsDue({ ...HOURLY, missed }, noon, now);
  const nextMs = noon + 3 * HOUR_MS;
  expect(due("skip")).toEqual({ start: [], dropped: { fromMs: noon, toMs: now }, nextMs });
  expect(due("once")).toEqual({ start: [noon + 2 * HOUR_MS], dropped: null, nextMs });
  expect(due("all")).toEqual({ start: [noon, noon + HOUR_MS, noon + 2 * HOUR_MS], dropped: null, nextMs });
});

test("[W3] what is on time is started also when others before it were skipped", () => {
  const now = noon + HOUR_MS + SECOND_MS;
  const { start, dropped } = whatIsDue({ ...HOURLY, missed: "skip" }, noon, now);
  expect([start, dropped]).toEqual([[noon + HOUR_MS], { fromMs: noon, toMs: noon + HOUR_MS }]);
});

test("[W3] at most a hundred are made up for, the oldest first, and the rest is named", () => {
  const now = noon + 150 * HOUR_MS;
  const { start, dropped } = whatIsDue({ ...HOURLY, missed: "all" }, noon, now);
  expect(start).toEqual(Array.from({ length: MOST_MISSED }, (_, place) => noon + place * HOUR_MS));
  expect(dropped).toEqual({ fromMs: noon + 100 * HOUR_MS, toMs: now });
});

test("[W3] whatever the delays of the workers, each hour is started once or named as dropped", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MISSED),
      fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 }),
      (missed, delaysInMinutes) => {
        const started: number[] = [];
        let [next, now] = [noon, noon];
        for (const delay of delaysInMinutes) {
          now = Math.max(now, next) + delay * MINUTE_MS;
          const due = whatIsDue({ ...HOURLY, missed }, next, now);
          started.push(...due.start);
          next = due.nextMs ?? Number.POSITIVE_INFINITY;
          expect(next).toBeGreaterThan(now);
          expect(due.start.every((time) => time <= now)).toBe(true);
        }
        expect(new Set(started).size).toBe(started.length);
        expect(started).toEqual([...started].sort((a, b) => a - b));
        if (missed === "all") expect(started).toEqual(started.map((_, place) => noon + place * HOUR_MS));
      },
    ),
  );
});
