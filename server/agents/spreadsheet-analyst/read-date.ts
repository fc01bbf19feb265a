/** In which order day, month and year stand. A column uses one of them. */
export type DateOrder = "year-month-day" | "day/month/year" | "month/day/year";

const DAY_MS = 24 * 60 * 60 * 1000;
const TIME = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`);
const NAMED = /^(?:(\d{1,2})[ -])?([a-z]{3,9})\.?[ -](?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The day as a count of days since 1970, or null. Times of day are left out: they never decide anything here. */
export function readDate(cell: string, order: DateOrder): number | null {
  const first = YEAR_FIRST.exec(cell);
  if (first) return dayOf(Number(first[1]), Number(first[3]), Number(first[4]));
  const last = YEAR_LAST.exec(cell);
  if (last && order === "month/day/year") return dayOf(Number(last[4]), Number(last[1]), Number(last[3]));
  if (last) return dayOf(Number(last[4]), Number(last[3]), Number(last[1]));
  const named = NAMED.exec(cell);
  if (!named) return null;
  const month = MONTHS.indexOf((named[2] ?? "").slice(0, 3).toLowerCase()) + 1;
  return dayOf(Number(named[4]), month, Number(named[1] ?? named[3]));
}

/** A column with a 13 in front is day first, with a 13 in second place month first; else points mean day first. */
export function dateOrderOf(cells: readonly string[]): DateOrder {
  let found: DateOrder = "year-month-day";
  for (const cell of cells) {
    const parts = YEAR_LAST.exec(cell);
    if (!parts) continue;
    if (Number(parts[1]) > 12) return "day/month/year";
    if (Number(parts[3]) > 12) return "month/day/year";
    found = parts[2] === "/" ? "month/day/year" : "day/month/year";
  }
  return found;
}

/** "2024-02-29" for a count of days. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Null for the 30th of February: Date would make it the 1st of March. */
function dayOf(year: number, month: number, day: number): number | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real ? at.getTime() / DAY_MS : null;
}
