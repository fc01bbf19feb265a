import { compare, type Decimal, decimalOf, isMultiple, leastCommon, multipleNear } from "./decimal";
import type { NumberPart } from "./parts";
import type { Range } from "./schema-node";

/** A place on the line of numbers, or (`just` 1) everything directly behind it. Null: before every number. */
type Cursor = { readonly at: Decimal; readonly just: 0 | 1 } | null;

/** All numbers of a part are multiples of this; null when they are dense. */
export function stepOf({ divisors }: Pick<NumberPart, "divisors">): Decimal | null {
  return divisors.map(decimalOf).reduce<Decimal | null>((a, b) => (a ? leastCommon(a, b) : b), null);
}

/**
 * Whether every number of `part` lies in one of the others. Walks along the line: from the least number that is not
 * yet covered to the end of the range that reaches furthest from there.
 */
export function numbersCovered(part: NumberPart, others: readonly NumberPart[]): boolean {
  const step = stepOf(part);
  const usable = others.filter(({ divisors }) =>
    divisors.every((divisor) => step !== null && isMultiple(step, decimalOf(divisor))),
  );
  let cursor = onStep(startOf(part.range), step);
  for (let round = 0; round <= usable.length; round++) {
    if (cursor && isPast(cursor, part.range)) return true;
    const from = cursor;
    const reach = usable.map(({ range }) => range).filter((range) => holds(range, from));
    const furthest = reach.reduce<Range | null>((best, range) => (best && reaches(best, range) ? best : range), null);
    if (!furthest) return false;
    if (furthest.max === Number.POSITIVE_INFINITY) return true;
    cursor = onStep({ at: decimalOf(furthest.max), just: furthest.maxOpen ? 0 : 1 }, step);
  }
  return false;
}

/** Whether no number is in the part, because no multiple falls into its range. */
export function isEmpty(part: NumberPart): boolean {
  const step = stepOf(part);
  const start = onStep(startOf(part.range), step);
  return step !== null && start !== null && isPast(start, part.range);
}

function startOf({ min, minOpen }: Range): Cursor {
  return min === Number.NEGATIVE_INFINITY ? null : { at: decimalOf(min), just: minOpen ? 1 : 0 };
}

/** The first multiple at or behind the cursor. */
function onStep(cursor: Cursor, step: Decimal | null): Cursor {
  if (!cursor || !step) return cursor;
  const below = multipleNear(cursor.at, step, 0n);
  const stays = cursor.just === 0 && compare(below, cursor.at) === 0;
  return { at: stays ? below : multipleNear(cursor.at, step, 1n), just: 0 };
}

function isPast({ at, just }: NonNullable<Cursor>, { max, maxOpen }: Range): boolean {
  if (max === Number.POSITIVE_INFINITY) return false;
  const side = compare(at, decimalOf(max));
  return side > 0 || (side === 0 && (maxOpen || just === 1));
}

/** Whether the range holds the numbers directly at the cursor. */
function holds(range: Range, cursor: Cursor): boolean {
  if (range.min !== Number.NEGATIVE_INFINITY) {
    if (!cursor) return false;
    const side = compare(cursor.at, decimalOf(range.min));
    if (side < 0 || (side === 0 && range.minOpen && cursor.just === 0)) return false;
  }
  return cursor === null || !isPast(cursor, range);
}

function reaches(a: Range, b: Range): boolean {
  return a.max > b.max || (a.max === b.max && (!a.maxOpen || b.maxOpen));
}
