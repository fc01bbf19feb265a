import { EXHAUSTED, type Meter } from "./meter";
import { Dict, Duration, Fault, List, Timestamp, TypeName, typeOf, Uint, type Value } from "./values";

/** Whether two values are the same. Numbers compare across types; values of different types are never equal. */
export function equal(a: Value, b: Value, meter: Meter): boolean | Fault {
  if (!meter.spend(1)) return EXHAUSTED;
  const [x, y] = [numberOf(a), numberOf(b)];
  // biome-ignore lint/suspicious/noDoubleEquals: bigint and number compare by value only so.
  if (x !== null && y !== null) return x == y;
  if (typeof a === "string" && typeof b === "string") return sameTexts(a, b, meter);
  if (a instanceof List && b instanceof List) return sameItems(a, b, meter);
  if (a instanceof Dict && b instanceof Dict) return sameEntries(a, b, meter);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return sameBytes(a, b, meter);
  return a === b || sameMarks(a, b);
}

/** Negative, zero or positive; null when the two cannot be ordered (NaN), a fault when their types have no order. */
export function order(a: Value, b: Value, meter: Meter): number | null | Fault {
  const [x, y] = [rankOf(a), rankOf(b)];
  const areAlike = typeOf(a) === typeOf(b) || (numberOf(a) !== null && numberOf(b) !== null);
  if (x !== null && y !== null && areAlike) return ordered(x, y);
  if (typeof a === "string" && typeof b === "string")
    return meter.read(Math.min(a.length, b.length)) ? orderTexts(a, b) : EXHAUSTED;
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return meter.spend(1 + Math.min(a.length, b.length)) ? orderBytes(a, b) : EXHAUSTED;
  return new Fault("overload_missing", "Values of these types have no order.");
}

/** What a value is ordered by, among values of its own type. */
function rankOf(value: Value): number | bigint | null {
  if (typeof value === "boolean") return Number(value);
  if (value instanceof Timestamp || value instanceof Duration) return value.nanos;
  return numberOf(value);
}

function sameTexts(a: string, b: string, meter: Meter): boolean | Fault {
  if (a.length !== b.length) return false;
  return meter.read(a.length) ? a === b : EXHAUSTED;
}

function sameBytes(a: Uint8Array, b: Uint8Array, meter: Meter): boolean | Fault {
  if (a.length !== b.length) return false;
  return meter.spend(1 + a.length) ? a.every((byte, place) => byte === b[place]) : EXHAUSTED;
}

function sameMarks(a: Value, b: Value): boolean {
  if (a instanceof TypeName && b instanceof TypeName) return a.name === b.name;
  if (a instanceof Timestamp && b instanceof Timestamp) return a.nanos === b.nanos;
  return a instanceof Duration && b instanceof Duration && a.nanos === b.nanos;
}

function sameItems(a: List, b: List, meter: Meter): boolean | Fault {
  if (a.size !== b.size) return false;
  for (let place = 0; place < a.size; place++) {
    const same = equal(a.at(place), b.at(place), meter);
    if (same !== true) return same;
  }
  return true;
}

function sameEntries(a: Dict, b: Dict, meter: Meter): boolean | Fault {
  if (!meter.spend(a.keys.length + b.keys.length)) return EXHAUSTED;
  if (a.keys.length !== b.keys.length) return false;
  for (const key of a.keys) {
    const [mine, other] = [a.get(key), b.get(key)];
    if (mine === undefined || other === undefined) return false;
    const same = equal(mine, other, meter);
    if (same !== true) return same;
  }
  return true;
}

function numberOf(value: Value): number | bigint | null {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return value instanceof Uint ? value.value : null;
}

/** A whole number is first rounded to a double where it meets one: the published cases ask for it. */
function ordered(a: number | bigint, b: number | bigint): number | null {
  const [x, y] = typeof a === typeof b ? [a, b] : [Number(a), Number(b)];
  if (x < y) return -1;
  if (x > y) return 1;
  // biome-ignore lint/suspicious/noDoubleEquals: bigint and number compare by value only so.
  return x == y ? 0 : null;
}

/** By code point, as CEL does; JavaScript compares by UTF-16 unit, which puts U+FF5E after U+1F600. */
function orderTexts(a: string, b: string): number {
  let place = 0;
  while (place < a.length && a[place] === b[place]) place++;
  if (place === a.length || place === b.length) return a.length - b.length;
  const isLow = (text: string) => (text.charCodeAt(place) & 0xfc00) === 0xdc00;
  const from = isLow(a) && isLow(b) ? place - 1 : place;
  return (a.codePointAt(from) ?? 0) - (b.codePointAt(from) ?? 0);
}

function orderBytes(a: Uint8Array, b: Uint8Array): number {
  const place = a.findIndex((byte, at) => byte !== b[at]);
  return place === -1 ? a.length - b.length : (a[place] ?? 0) - (b[place] ?? -1);
}
