import { Duration, Fault, Timestamp } from "./values";

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z.
const FIRST = -62_135_596_800n * SECOND;
const LAST = 253_402_300_799n * SECOND + SECOND - 1n;
const LONGEST = 2n ** 63n - 1n;

export function timestamp(nanos: bigint): Timestamp | Fault {
  if (nanos >= FIRST && nanos <= LAST) return new Timestamp(nanos);
  return new Fault("number_overflow", "A point in time lies between the years 1 and 9999.");
}

export function duration(nanos: bigint): Duration | Fault {
  if (nanos >= -LONGEST && nanos <= LONGEST) return new Duration(nanos);
  return new Fault("number_overflow", "A duration is at most about 292 years.");
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads RFC 3339, as in 2026-11-20T09:30:00Z. The calendar is worked out here: the core asks no clock and no Date. */
export function parseTimestamp(text: string): Timestamp | Fault {
  const found = text.length <= 40 ? RFC3339.exec(text) : null;
  if (!found) return new Fault("argument_invalid", "A point in time is written as in 2026-11-20T09:30:00Z.");
  const part = (place: number) => Number(found[place] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const daysOfMonth = daysBefore(month === 12 ? year + 1 : year, (month % 12) + 1) - daysBefore(year, month);
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth && part(4) < 24 && part(5) < 60;
  if (!valid || part(6) >= 60 || part(9) >= 24 || part(10) >= 60)
    return new Fault("argument_invalid", "There is no such point in time.");
  const offset = (part(9) * 60 + part(10)) * (found[8] === "-" ? -60 : 60);
  const seconds = (daysBefore(year, month) + day - 1) * 86_400 + part(4) * 3_600 + part(5) * 60 + part(6) - offset;
  return timestamp(BigInt(seconds) * SECOND + BigInt((found[7] ?? "").padEnd(9, "0")));
}

export function formatTimestamp({ nanos }: Timestamp): string {
  const { year, month, day, second, nano } = civil(nanos);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60].map(two).join(":");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${time}${fraction(nano)}Z`;
}

const UNITS: Readonly<Record<string, bigint>> = {
  h: 3_600n * SECOND,
  m: 60n * SECOND,
  s: SECOND,
  ms: 1_000_000n,
  us: 1_000n,
  µs: 1_000n,
  ns: 1n,
};

/** Reads a duration, as in 1h30m or -1.5s. */
export function parseDuration(text: string): Duration | Fault {
  const invalid = new Fault("argument_invalid", "A duration is written as in 1h30m or 1.5s.");
  const body = text.replace(/^[+-]/, "");
  if (text.length > 64) return invalid;
  if (body === "0") return new Duration(0n);
  if (!/^(\d+(\.\d*)?(h|ms|us|µs|ns|m|s))+$/.test(body)) return invalid;
  let nanos = 0n;
  for (const [, whole = "", part = "", unit = ""] of body.matchAll(/(\d+)(?:\.(\d*))?(h|ms|us|µs|ns|m|s)/g)) {
    const size = UNITS[unit] ?? 0n;
    nanos += BigInt(whole) * size + (BigInt(part || "0") * size) / 10n ** BigInt(part.length);
  }
  return duration(text.startsWith("-") ? -nanos : nanos);
}

export function formatDuration({ nanos }: Duration): string {
  const size = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? "-" : ""}${size / SECOND}${fraction(Number(size % SECOND))}s`;
}

export type TimePart =
  | "getFullYear"
  | "getMonth"
  | "getDate"
  | "getDayOfMonth"
  | "getDayOfWeek"
  | "getDayOfYear"
  | "getHours"
  | "getMinutes"
  | "getSeconds"
  | "getMilliseconds";

/** One part of a point in time, in UTC, at a fixed offset as in -08:00, or in a zone as in Europe/Berlin. */
export function partOf(part: TimePart, at: Timestamp, zone: string): bigint | Fault {
  const offset = offsetOf(zone, at);
  if (offset instanceof Fault) return offset;
  const { year, month, day, second, nano, days } = civil(at.nanos + offset * SECOND);
  const parts: Record<TimePart, number> = {
    getFullYear: year,
    getMonth: month - 1,
    getDate: day,
    getDayOfMonth: day - 1,
    getDayOfWeek: (((days + 4) % 7) + 7) % 7,
    getDayOfYear: days - daysBefore(year, 1),
    getHours: Math.floor(second / 3_600),
    getMinutes: Math.floor(second / 60) % 60,
    getSeconds: second % 60,
    getMilliseconds: Math.floor(nano / 1_000_000),
  };
  return BigInt(parts[part]);
}

export function durationPart(part: TimePart, { nanos }: Duration): bigint | null {
  if (part === "getHours") return nanos / (3_600n * SECOND);
  if (part === "getMinutes") return nanos / (60n * SECOND);
  if (part === "getSeconds") return nanos / SECOND;
  return part === "getMilliseconds" ? (nanos / 1_000_000n) % 1_000n : null;
}

/** Seconds east of UTC. Named zones come from the engine's own tables, so that their rules are as new as the engine. */
function offsetOf(zone: string, { nanos }: Timestamp): bigint | Fault {
  if (zone === "UTC" || zone === "Z" || zone === "") return 0n;
  const fixed = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (fixed) return BigInt((Number(fixed[2]) * 60 + Number(fixed[3])) * (fixed[1] === "-" ? -60 : 60));
  const named = zone.length <= 64 && /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone) ? formatterOf(zone) : null;
  if (!named) return new Fault("argument_invalid", "There is no such time zone.");
  const ms = Number(nanos / 1_000_000n);
  const parts = named.formatToParts(ms).map(({ type, value }) => [type, Number(value)] as const);
  const part = (type: string) => parts.find(([name]) => name === type)?.[1] ?? 0;
  const local =
    (daysBefore(part("year"), part("month")) + part("day") - 1) * 86_400 +
    part("hour") * 3_600 +
    part("minute") * 60 +
    part("second");
  return BigInt(local - Math.floor(ms / 1_000));
}

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatterOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  if (formatters.size > 100) formatters.clear();
  const made = makeFormatter(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | null {
  const digits = "2-digit";
  const parts = { year: "numeric", month: digits, day: digits, hour: digits, minute: digits, second: digits } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...parts });
  } catch (thrown) {
    if (thrown instanceof RangeError) return null; // how the engine says that it knows no such zone
    throw thrown;
  }
}

/** Days from 1970-01-01 to the first of a month, in the Gregorian calendar carried back to year 1. */
function daysBefore(year: number, month: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civil(nanos: bigint) {
  const days = Number((nanos - (((nanos % DAY) + DAY) % DAY)) / DAY);
  const ofDay = ((nanos % DAY) + DAY) % DAY;
  let year = 1970 + Math.floor(days / 365.2425);
  if (days < daysBefore(year, 1)) year -= 1;
  if (days >= daysBefore(year + 1, 1)) year += 1;
  let month = 12;
  while (days < daysBefore(year, month)) month -= 1;
  return {
    year,
    month,
    day: days - daysBefore(year, month) + 1,
    days,
    second: Number(ofDay / SECOND),
    nano: Number(ofDay % SECOND),
  };
}

function fraction(nano: number): string {
  if (nano === 0) return "";
  const digits = String(nano).padStart(9, "0");
  return `.${digits.replace(/(000)+$/, "")}`;
}
