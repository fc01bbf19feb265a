/** How a moment is written: the day alone with its minute, the minute alone, or with seconds. */
type Look = "day" | "minute" | "second";

const OPTIONS: Record<Look, Intl.DateTimeFormatOptions> = {
  day: { day: "numeric", month: "short", year: "numeric" },
  minute: { hour: "2-digit", minute: "2-digit" },
  second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make and cheap to use, and a list asks for hundreds. */
function formatOf(look: Look, timeZone: string): Intl.DateTimeFormat {
  const key = `${look} ${timeZone}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...OPTIONS[look], timeZone });
  formats.set(key, known);
  return known;
}

export const dayOf = (at: Date, zone: string): string => formatOf("day", zone).format(at);
export const minuteOf = (at: Date, zone: string): string => formatOf("minute", zone).format(at);

/** `21 Nov 2026, 00:12:19` */
export function exactly(at: Date, zone: string): string {
  return `${dayOf(at, zone)}, ${formatOf("second", zone).format(at)}`;
}

let own: string | undefined;

/** The reader's time zone. It does not change while a page is open. */
export function ownZone(): string {
  own ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return own;
}
