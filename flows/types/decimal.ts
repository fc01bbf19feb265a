/**
 * The number that a JSON number's shortest form writes, exactly: `digits` times ten to the power of `exponent`.
 * The validator decides `multipleOf` on that form, so that 0.3 is a multiple of 0.1, and so must we.
 */
export type Decimal = { readonly digits: bigint; readonly exponent: number };

/** Errors: RangeError when `value` is not finite, which is a bug in the caller. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no decimal form`);
  if (Number.isSafeInteger(value)) return { digits: BigInt(value), exponent: 0 };
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The nearest JSON number. */
export function numberOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isMultiple(value: Decimal, of: Decimal): boolean {
  const [digits, divisor] = aligned(value, of);
  return digits % divisor === 0n;
}

/** The least number that is a multiple of both; both are above zero. */
export function leastCommon(a: Decimal, b: Decimal): Decimal {
  const [left, right] = aligned(a, b);
  return { digits: (left / greatestCommon(left, right)) * right, exponent: Math.min(a.exponent, b.exponent) };
}

/** The multiple of `step` (above zero) that lies `beyond` steps past the last one at or below `value`. */
export function multipleNear(value: Decimal, step: Decimal, beyond: bigint): Decimal {
  const [digits, width] = aligned(value, step);
  const below = digits % width === 0n ? digits / width : (digits - (((digits % width) + width) % width)) / width;
  return { digits: (below + beyond) * step.digits, exponent: step.exponent };
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint] {
  if (a.exponent === b.exponent) return [a.digits, b.digits];
  const exponent = Math.min(a.exponent, b.exponent);
  return [a.digits * 10n ** BigInt(a.exponent - exponent), b.digits * 10n ** BigInt(b.exponent - exponent)];
}

function greatestCommon(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
