/** The five fields of a cron expression: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). */
const FIELDS = [
  { name: "minute", from: 0, to: 59 },
  { name: "hour", from: 0, to: 23 },
  { name: "day", from: 1, to: 31 },
  { name: "month", from: 1, to: 12 },
  { name: "weekday", from: 0, to: 7 },
] as const;

const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

/** What is wrong with a cron expression of five fields, as a sentence; null when nothing is. */
export function cronFault(cron: string): string | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS.length)
    return "Write five fields: minute, hour, day, month and weekday, as in 30 9 * * 1-5.";
  const parts = FIELDS.flatMap((field, place) =>
    (fields[place] ?? "").split(",").map((part) => partFault(part, field)),
  );
  return parts.find((fault) => fault !== null) ?? null;
}

function partFault(part: string, { name, from, to }: (typeof FIELDS)[number]): string | null {
  const [whole, first, last, step] = PART.exec(part) ?? [];
  if (whole === undefined) return `The ${name} ${part} is none of *, 5, 1-5 and */10.`;
  const numbers = [first, last].filter((each) => each !== undefined).map(Number);
  if (numbers.some((each) => each < from || each > to)) return `The ${name} lies between ${from} and ${to}.`;
  if (last !== undefined && Number(first) > Number(last)) return `The ${name} ${part} runs backwards.`;
  return step !== undefined && Number(step) < 1 ? `The step of the ${name} is at least 1.` : null;
}

/** Whether this is the name of a time zone, as in Europe/Vienna. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone.length > 0;
  } catch {
    return false;
  }
}
