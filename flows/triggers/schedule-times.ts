import { type CronFields, readCron } from "../nodes/cron";
import { changeBetween, civilDay, DAY_MS, HOUR_MS, MINUTE_MS, offsetAt, weekdayOf } from "./local-time";

/** A cron expression that `cronFault` finds no fault with, read by the clocks of an IANA zone. */
export type Schedule = { cron: string; zone: string };

/** 29 February comes again within eight years. */
const MOST_DAYS = 9 * 366;

/**
 * The next times of a schedule after an instant, at most `most`, in order. Each time on the wall fires once: one that
 * the clocks leave out, at the moment when they jump; one that they show twice, at the first. Where every hour is
 * wanted, what counts is the hours that pass, and the one that comes twice fires twice. [W1] [W2]
 *
 * Units: milliseconds since the epoch.
 */
export function timesAfter({ cron, zone }: Schedule, afterMs: number, most: number): number[] {
  const fields = readCron(cron);
  const first = dayOnTheWall(zone, afterMs) - 1; // when clocks go back at midnight, the day before goes on after it
  const found = new Set<number>(); // all that the clocks leave out falls on one moment
  let enough = first + MOST_DAYS;
  for (let day = first; day <= enough; day++) {
    for (const time of timesOfDay(fields, zone, day)) if (time > afterMs) found.add(time);
    if (found.size >= most) enough = Math.min(enough, day + 1);
  }
  return [...found].sort((a, b) => a - b).slice(0, most);
}

/** The latest time of a schedule up to an instant and not before another; null when there is none between. */
export function latestUntil({ cron, zone }: Schedule, untilMs: number, notBeforeMs: number): number | null {
  const fields = readCron(cron);
  const last = dayOnTheWall(zone, notBeforeMs) - 1;
  let latest: number | null = null;
  for (let day = dayOnTheWall(zone, untilMs) + 1; day >= last; day--) {
    const times = timesOfDay(fields, zone, day).filter((time) => time <= untilMs && time >= notBeforeMs);
    if (latest !== null) return Math.max(latest, ...times);
    if (times.length > 0) latest = Math.max(...times);
  }
  return latest;
}

function dayOnTheWall(zone: string, ms: number): number {
  return Math.floor((ms + offsetAt(zone, ms)) / DAY_MS);
}

/** The instants of one day on the wall. Between two changes of the clocks lie more than three days. */
function timesOfDay(fields: CronFields, zone: string, day: number): number[] {
  if (!isWanted(fields, day)) return [];
  const walls = fields.hour.flatMap((hour) =>
    fields.minute.map((minute) => day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS),
  );
  const [fromMs, toMs] = [(day - 1) * DAY_MS, (day + 2) * DAY_MS];
  const [before, after] = [offsetAt(zone, fromMs), offsetAt(zone, toMs)];
  if (before === after) return walls.map((wall) => wall - before);
  const change = { at: changeBetween(zone, fromMs, toMs), before, after, everyHour: fields.hour.length === 24 };
  return walls.flatMap((wall) => instantsOf(wall, change));
}

type Change = { at: number; before: number; after: number; everyHour: boolean };

/** When the clocks show a time of a day near which they change. */
function instantsOf(wall: number, { at, before, after, everyHour }: Change): number[] {
  const [earlier, later] = [wall - before, wall - after];
  const [isBefore, isAfter] = [earlier < at, later >= at];
  if (isBefore && isAfter) return everyHour ? [earlier, later] : [earlier];
  if (isBefore) return [earlier];
  return isAfter ? [later] : [at];
}

/** A day of the month beside a weekday makes either of them enough; a field that names all of them says nothing. */
function isWanted({ day: days, month: months, weekday: weekdays }: CronFields, number: number): boolean {
  const { month, day } = civilDay(number);
  if (!months.includes(month)) return false;
  const [byDay, byWeekday] = [days.length < 31, weekdays.length < 7];
  if (byDay && byWeekday) return days.includes(day) || weekdays.includes(weekdayOf(number));
  return days.includes(day) && weekdays.includes(weekdayOf(number));
}
