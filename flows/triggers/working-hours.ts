import { DAY_MS, MINUTE_MS, offsetAt, weekdayOf } from "./local-time";

/** 1 is Monday, 7 is Sunday. A window that ends before it begins goes on after midnight, as of the day it begins on. */
type Hours = { zone: string; days: readonly number[]; from: string; to: string };

/** Beyond this nobody waits. Units: days. */
const MOST_DAYS = 800;

/**
 * The instant by which so much working time has gone by. On days when the clocks change, the hour that is left out counts
 * nothing and the one that comes twice counts twice. Null when it lies too far ahead. Units: milliseconds.
 */
export function afterWorking(hours: Hours, fromMs: number, workMs: number): number | null {
  const [begin, end] = [minuteOf(hours.from), minuteOf(hours.to)];
  const nights = end <= begin ? 1 : 0;
  const today = Math.floor((fromMs + offsetAt(hours.zone, fromMs)) / DAY_MS);
  let left = workMs;
  for (let day = today - 1; day < today + MOST_DAYS; day++) {
    if (!hours.days.includes(weekdayOf(day) || 7)) continue;
    const opens = Math.max(instantOf(hours.zone, day, begin), fromMs);
    const worked = instantOf(hours.zone, day + nights, end) - opens;
    if (worked >= left) return opens + left;
    left -= Math.max(worked, 0);
  }
  return null;
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/** When the clocks of a zone show a minute of a day; where they leave it out, what they would have shown before. */
function instantOf(zone: string, day: number, minute: number): number {
  const wall = day * DAY_MS + minute * MINUTE_MS;
  const guess = wall - offsetAt(zone, wall);
  return wall - offsetAt(zone, guess);
}
