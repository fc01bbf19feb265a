/** Minutes of the day in an IANA zone in which nobody is to be woken. Equal ones are no quiet at all. */
export type Quiet = { zone: string; from: number; until: number };

const DAY = 1_440;
const MINUTE_MS = 60_000;

/** When it may be sent: now, or at the end of the quiet. Units: milliseconds since the epoch. */
export function afterQuiet(nowMs: number, { zone, from, until }: Quiet): number {
  const minute = minuteIn(zone, nowMs);
  const isQuiet = from <= until ? minute >= from && minute < until : minute >= from || minute < until;
  if (from === until || !isQuiet) return nowMs;
  const end = nowMs - (nowMs % MINUTE_MS) + ((until - minute + DAY) % DAY) * MINUTE_MS;
  // Where clocks were set in between, the end is an hour off: it is put right by as much as the minute there differs.
  const off = ((until - minuteIn(zone, end) + DAY + DAY / 2) % DAY) - DAY / 2;
  return Math.max(nowMs, end + off * MINUTE_MS);
}

/** The minute of the day that clocks in a zone show. */
function minuteIn(zone: string, ms: number): number {
  const parts = clockOf(zone).formatToParts(ms);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return part("hour") * 60 + part("minute");
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  clocks.set(zone, made);
  return made;
}

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch (problem) {
    if (problem instanceof RangeError) return false;
    throw problem;
  }
}
