/** Which sign divides whole from fraction. A column uses one of them. */
export type DecimalSign = "." | ",";

const LONGEST = 40; // no number is longer, and patterns stay cheap
const GROUPED = {
  ".": /^(?:\d{1,3}(?:[,' ]\d{2,3})*[,' ]\d{3}|\d+)?(?:\.\d+)?(?:e[+-]?\d+)?$/i,
  ",": /^(?:\d{1,3}(?:[.' ]\d{3})+|\d+)?(?:,\d+)?$/,
};
const CURRENCY = /^(?:\p{Sc}|(?:USD|EUR|GBP|CHF|JPY|INR)\b)\s*|\s*(?:\p{Sc}|\b(?:USD|EUR|GBP|CHF|JPY|INR))$/u;

/** The number that a person wrote, or null: "$1,200", "(3.50)", "12 %", "1.234,5", "−4". A percentage keeps its scale. */
export function readNumber(cell: string, sign: DecimalSign): number | null {
  const bare = strip(cell);
  if (bare === null || !GROUPED[sign].test(bare.digits) || !/\d/.test(bare.digits)) return null;
  const plain =
    sign === "." ? bare.digits.replaceAll(/[,' ]/g, "") : bare.digits.replaceAll(/[.' ]/g, "").replace(",", ".");
  const value = Number(plain);
  // Beyond this a number is an identifier, and two of them could become one.
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return null;
  return bare.negative ? -value : value;
}

/** "$", "%" or another sign that stands with the number. */
export function unitOf(cell: string): string | null {
  return /\p{Sc}|%|\b(?:USD|EUR|GBP|CHF|JPY|INR)\b/u.exec(cell)?.[0] ?? null;
}

/** "0123" is a code and not a number: reading it as one would lose its zero. */
export function isCode(cell: string): boolean {
  return /^0\d+$/.test(cell);
}

/** Decided by cells that can be read in one way only; "1,234" could be both. */
export function decimalSignOf(cells: readonly string[]): DecimalSign {
  const bare = cells.flatMap((cell) => strip(cell)?.digits ?? []);
  const comma = bare.some((digits) =>
    /^\d+,(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:[.' ]\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/.test(digits),
  );
  const point = bare.some((digits) => /^\d*\.(?:\d{1,2}|\d{4,})$|,\d{3}\.\d+$|^\d{1,3}(?:,\d{3}){2,}$/.test(digits));
  return comma && !point ? "," : ".";
}

function strip(cell: string): { digits: string; negative: boolean } | null {
  if (cell.length > LONGEST) return null;
  let rest = cell
    .replaceAll("\u2212", "-")
    .replaceAll(/[\u00A0\u202F\u2009]/g, " ")
    .replaceAll("\u2019", "'");
  const bracketed = /^\((.*)\)$/.exec(rest)?.[1];
  rest = (bracketed ?? rest).replace(/\s*%$/, "");
  const outer = /^([+-])?\s*/.exec(rest)?.[1];
  rest = rest.replace(/^[+-]\s*/, "").replace(CURRENCY, "");
  const inner = outer ? undefined : /^[+-]/.exec(rest)?.[0];
  if (inner) rest = rest.slice(1);
  if (bracketed !== undefined && (outer || inner)) return null;
  return { digits: rest.trim(), negative: bracketed !== undefined || outer === "-" || inner === "-" };
}
