import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, dayNumber, HOUR_MS } from "./local-time";
import { afterWorking } from "./working-hours";

const WEEK = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
/** An instant in UTC. */
const at = (...[year, month, day, hour]: [number, number, number, number]) =>
  dayNumber({ year, month, day }) * DAY_MS + hour * HOUR_MS;

test("working time goes on the next working day, and counts nothing at night or on a weekend", () => {
  const vienna = { ...WEEK, zone: "Europe/Vienna" };
  const friday = at(2026, 11, 20, 15); // 16:00 in Vienna
  expect(afterWorking(vienna, friday, HOUR_MS)).toBe(at(2026, 11, 20, 16));
  expect(afterWorking(vienna, friday, 2 * HOUR_MS)).toBe(at(2026, 11, 23, 9));
  expect(afterWorking(vienna, at(2026, 11, 21, 12), 9 * HOUR_MS)).toBe(at(2026, 11, 24, 9));
});

test("hours that end before they begin go on after midnight, and a change of the clocks is what the wall shows", () => {
  const night = { zone: "UTC", days: [1], from: "22:00", to: "02:00" };
  expect(afterWorking(night, at(2026, 11, 23, 23), 2 * HOUR_MS)).toBe(at(2026, 11, 24, 1));
  const vienna = { ...WEEK, days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "08:00", zone: "Europe/Vienna" };
  // On 29 March 2026 the clocks leave out an hour: midnight to eight is seven hours.
  expect(afterWorking(vienna, at(2026, 3, 28, 23), 7 * HOUR_MS)).toBe(at(2026, 3, 29, 6));
  expect(afterWorking(vienna, at(2026, 3, 28, 23), 8 * HOUR_MS)).toBe(at(2026, 3, 29, 23));
});

test("more working time is never sooner, and never sooner than the time itself", () => {
  const zones = fc.constantFrom("UTC", "Europe/Vienna", "America/New_York", "Asia/Kathmandu");
  const start = fc.integer({ min: at(2026, 1, 1, 0), max: at(2027, 1, 1, 0) });
  const hours = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(zones, start, hours, (zone, fromMs, count) => {
      const [less, more] = [count, count + 1].map((each) => afterWorking({ ...WEEK, zone }, fromMs, each * HOUR_MS));
      expect(less).toBeGreaterThanOrEqual(fromMs + count * HOUR_MS);
      expect(more).toBeGreaterThan(less ?? 0);
    }),
    { numRuns: 60 },
  );
});
