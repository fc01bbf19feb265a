/** The five fields of a cron expression: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). */
const FIELDS = [
  { name: "minute", from: 0, to: 59 },
  { name: "hour", from: 0, to: 23 },
  { name: "day", from: 1, to: 31 },
  { name: "month", from: 1, to: 12 },
  { name: "weekday", from: 0, to: 7 },
] as const;

/** Steps need a range: what 5/10 means differs from one reader of cron to the next. */
const PART = /^(?:(\*|(\d{1,2})-(\d{1,2}))(?:\/(\d{1,2}))?|(\d{1,2}))$/;
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a cron expression of five fields, as a sentence; null when nothing is. */
export function cronFault(cron: string): string | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS.length)
    return "Write five fields: minute, hour, day, month and weekday, as in 30 9 * * 1-5.";
  const parts = FIELDS.flatMap((field, place) =>
    (fields[place] ?? "").split(",").map((part) => partFault(part, field)),
  );
  return parts.find((fault) => fault !== null) ?? (comes(fields) ? null : "No month of these has such a day.");
}

/** Whether there is such a day in any year. A weekday beside a day makes either of them enough. */
function comes([, , day = "*", month = "*", weekday = "*"]: readonly string[]): boolean {
  if (weekday !== "*") return true;
  return LONGEST_MONTHS.some((length, place) => holds(month, place + 1) && firstOf(day) <= length);
}

/** The numbers that each field stands for, each once and in order; Sunday is 0. */
export type CronFields = Readonly<Record<(typeof FIELDS)[number]["name"], readonly number[]>>;

/** Reads an expression that `cronFault` finds no fault with. */
export function readCron(cron: string): CronFields {
  const texts = cron.trim().split(/\s+/);
  const [minute = [], hour = [], day = [], month = [], weekday = []] = FIELDS.map((field, place) => {
    const numbers = (texts[place] ?? "").split(",").flatMap((part) => numbersOf(part, field));
    return inOrder(field.name === "weekday" ? numbers.map((each) => each % 7) : numbers);
  });
  return { minute, hour, day, month, weekday };
}

function numbersOf(part: string, { from, to }: (typeof FIELDS)[number]): number[] {
  const { first, last, step } = PART.exec(part)?.[1]?.startsWith("*")
    ? { ...rangeOf(part), first: from, last: to }
    : rangeOf(part);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, place) => first + place * step);
}

const inOrder = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);

function holds(field: string, wanted: number): boolean {
  return field.split(",").some((part) => {
    const { first, last, step } = rangeOf(part);
    return wanted >= first && wanted <= last && (wanted - first) % step === 0;
  });
}

function firstOf(field: string): number {
  return Math.min(...field.split(",").map((part) => rangeOf(part).first));
}

/** Of a part that was accepted; where it says everything, it begins with 1, as days and months do. */
function rangeOf(part: string): { first: number; last: number; step: number } {
  const [, whole, from, to, step, single] = PART.exec(part) ?? [];
  if (single !== undefined) return { first: Number(single), last: Number(single), step: 1 };
  const every = { step: Number(step ?? 1) };
  return whole === "*" ? { first: 1, last: 31, ...every } : { first: Number(from), last: Number(to), ...every };
}

function partFault(part: string, { name, from, to }: (typeof FIELDS)[number]): string | null {
  const [all, , first, last, step, single] = PART.exec(part) ?? [];
  if (all === undefined) return `The ${name} ${part} is none of *, 5, 1-5, */10 and 0-30/10.`;
  const numbers = [first, last, single].filter((each) => each !== undefined).map(Number);
  if (numbers.some((each) => each < from || each > to)) return `The ${name} lies between ${from} and ${to}.`;
  if (first !== undefined && Number(first) > Number(last)) return `The ${name} ${part} runs backwards.`;
  return step !== undefined && Number(step) < 1 ? `The step of the ${name} is at least 1.` : null;
}

/** Whether this is the name of a time zone, as in Europe/Vienna. Offsets such as +02:00 know no summer time: no zone. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}
