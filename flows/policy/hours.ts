import type { RuleOf } from "./rules";

const DAY_MINUTES = 1_440;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The day of the week (1 is Monday) and the minute of the day of an instant, in a zone. */
export function localTime(ms: number, zone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(ms);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return { day: DAYS.indexOf(part("weekday")) + 1, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

/** Whether an instant lies in the window of a rule. One that ends before it begins goes on after midnight. */
export function isWithin({ zone, days, from, to }: RuleOf<"hours">, ms: number): boolean {
  const { day, minute } = localTime(ms, zone);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const before = day === 1 ? 7 : day - 1;
  if (begin < end) return days.includes(day) && minute >= begin && minute < end;
  return (days.includes(day) && minute >= begin) || (days.includes(before) && minute < end);
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return (hour * 60 + minute) % DAY_MINUTES;
}

/** The day and the month that an instant lies in, in a zone: sums are kept under these. */
export function windowOf(per: "day" | "month", ms: number, zone: string): string {
  const day = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(ms);
  return per === "day" ? day : day.slice(0, 7);
}
