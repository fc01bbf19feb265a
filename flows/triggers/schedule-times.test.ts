import fc from "fast-check";
import { expect, test } from "vitest";
import { cronFault, readCron } from "../nodes/cron";
import { civilDay, DAY_MS, dayNumber, HOUR_MS, MINUTE_MS } from "./local-time";
import { latestUntil, timesAfter } from "./schedule-times";

const utc = (...[year = 0, month = 1, day = 1, hour = 0, minute = 0]: number[]) =>
  dayNumber({ year, month, day }) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;

test("[W1] a time that the day does not have fires when the clocks jump, once for all that they leave out", () => {
  const after = utc(2026, 3, 28, 12);
  const jump = utc(2026, 3, 29, 1); // 02:00 becomes 03:00
  const vienna = (cron: string, most: number) => timesAfter({ cron, zone: "Europe/Vienna" }, after, most);
  expect(vienna("30 2 * * *", 2)).toEqual([jump, utc(2026, 3, 30, 0, 30)]);
  expect(vienna("15,45 2 * * *", 2)).toEqual([jump, utc(2026, 3, 30, 0, 15)]);
  expect(vienna("30 2,3 29 3 *", 2)).toEqual([jump, utc(2026, 3, 29, 1, 30)]);
});

test("[W1] a time that the clocks show twice fires at the first", () => {
  const after = utc(2026, 10, 24, 12);
  const times = timesAfter({ cron: "30 2 * * *", zone: "Europe/Vienna" }, after, 2);
  expect(times).toEqual([utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)]);
});

test("[W2] a schedule of every hour fires in each hour that passes, through both changes of the clocks", () => {
  for (const after of [utc(2026, 3, 28, 12), utc(2026, 10, 24, 12)])
    for (const [cron, stepMs] of [
      ["0 * * * *", HOUR_MS],
      ["*/15 * * * *", 15 * MINUTE_MS],
    ] as const) {
      const times = timesAfter({ cron, zone: "Europe/Vienna" }, after, 100);
      expect(times).toEqual(Array.from({ length: 100 }, (_, place) => after + (place + 1) * stepMs));
    }
});

/** What the clocks of a zone show in every minute of some days around a change of them, as Intl says. */
function clocksAround(zone: string, [fromMs, days]: readonly [number, number]) {
  const day = { weekday: "short", year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...day, ...time });
  const minutes = Array.from({ length: days * 1_440 }, (_, place) => {
    const at = fromMs + place * MINUTE_MS;
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const number = dayNumber({ year: Number(parts.year), month: Number(parts.month), day: Number(parts.day) });
    return { at, wall: number * 1_440 + Number(parts.hour) * 60 + Number(parts.minute), weekday: parts.weekday };
  });
  return { zone, minutes };
}

const CLOCKS = [
  clocksAround("Europe/Vienna", [utc(2026, 3, 27), 5]),
  clocksAround("Europe/Vienna", [utc(2026, 10, 23), 5]),
  clocksAround("America/New_York", [utc(2026, 3, 6), 5]),
  clocksAround("America/Santiago", [utc(2026, 9, 4), 5]), // jumps at midnight
  clocksAround("America/Havana", [utc(2026, 10, 30), 5]), // goes back at 01:00 to midnight
  clocksAround("Australia/Lord_Howe", [utc(2026, 4, 3), 5]), // by half an hour
  clocksAround("Pacific/Apia", [utc(2011, 12, 28), 6]), // leaves out a whole day
  clocksAround("Asia/Kathmandu", [utc(2026, 1, 1), 3]),
];

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The times of a schedule the slow way: minute by minute. */
function slowly(cron: string, { minutes }: (typeof CLOCKS)[number]): number[] {
  const fields = readCron(cron);
  const wanted = (wall: number) => {
    const number = Math.floor(wall / 1_440);
    const { month, day } = civilDay(number);
    const hour = Math.floor((wall % 1_440) / 60);
    if (!fields.minute.includes(wall % 60) || !fields.hour.includes(hour) || !fields.month.includes(month))
      return false;
    const weekday = (((number + 4) % 7) + 7) % 7;
    const [onDay, onWeekday] = [fields.day.includes(day), fields.weekday.includes(weekday)];
    const either = fields.day.length < 31 && fields.weekday.length < 7;
    return either ? onDay || onWeekday : onDay && onWeekday;
  };
  const everyHour = fields.hour.length === 24;
  const seen = new Set<number>();
  let before = minutes[0]?.wall ?? 0;
  return minutes.flatMap(({ at, wall }) => {
    let fires = wanted(wall) && (everyHour || !seen.has(wall));
    for (let left = before + 1; left < wall; left++) fires ||= wanted(left);
    seen.add(wall);
    before = wall;
    return fires ? [at] : [];
  });
}

const numbers = (from: number, to: number) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant("*") },
    fc.integer({ min: 2, max: 20 }).map((step) => `*/${step}`),
    fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 4 }).map((list) => list.join(",")),
    fc.tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to })).map((ends) => {
      const [first, last] = [Math.min(...ends), Math.max(...ends)];
      return `${first}-${last}`;
    }),
  );
const crons = fc
  .tuple(numbers(0, 59), numbers(0, 4), numbers(1, 31), fc.constant("*"), numbers(0, 7))
  .map((fields) => fields.join(" "))
  .filter((cron) => cronFault(cron) === null);

test("[W1] over every kind of change no time of a schedule is lost and none comes twice", () => {
  fc.assert(
    fc.property(crons, fc.nat(CLOCKS.length - 1), fc.nat(3_000), (cron, place, start) => {
      const clocks = CLOCKS[place] ?? clocksAround("UTC", [0, 1]);
      const [first, last] = [clocks.minutes[start]?.at ?? 0, clocks.minutes.at(-1)?.at ?? 0];
      const expected = slowly(cron, clocks).filter((at) => at > first);
      const times = timesAfter({ cron, zone: clocks.zone }, first, expected.length + 1);
      expect(times.filter((at) => at <= last)).toEqual(expected);
      const latest = latestUntil({ cron, zone: clocks.zone }, last, first + 1);
      expect(latest).toBe(expected.at(-1) ?? null);
    }),
  );
});

test("what Intl calls a weekday is the one that is counted", () => {
  for (const { minutes } of CLOCKS)
    for (const { wall, weekday } of minutes.filter((_, place) => place % 700 === 0))
      expect(WEEKDAYS[(((Math.floor(wall / 1_440) + 4) % 7) + 7) % 7]).toBe(weekday);
});

test("days are numbered both ways alike, leap years included", () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (number) => {
      expect(dayNumber(civilDay(number))).toBe(number);
    }),
  );
  expect([dayNumber({ year: 1970, month: 1, day: 1 }), dayNumber({ year: 2000, month: 3, day: 1 })]).toEqual([
    0, 11_017,
  ]);
});

test("a day that comes only in leap years is found, and a weekday beside a day makes either of them enough", () => {
  const after = utc(2097, 1, 1);
  expect(timesAfter({ cron: "0 0 29 2 *", zone: "UTC" }, after, 1)).toEqual([utc(2104, 2, 29)]);
  const either = timesAfter({ cron: "0 0 13 * 5", zone: "UTC" }, utc(2026, 1, 10), 2);
  expect(either).toEqual([utc(2026, 1, 13), utc(2026, 1, 16)]);
});
