import type { Json } from "../basics/json";
import { inRange } from "./admits";
import { decimalOf, isMultiple, multipleNear, numberOf } from "./decimal";
import { stepOf } from "./number-cover";
import {
  type ArrayPart,
  type Conj,
  type Fuel,
  itemAt,
  type NumberPart,
  type ObjectPart,
  type Part,
  partsOf,
  propertyAt,
  type StringPart,
} from "./parts";

const LONGEST_TEXT = 1_000;
const LONGEST_LIST = 100;

/** A small value that should fit; undefined when none was found. Whoever uses it holds it against the schema first. */
export function sampleOf(conj: Conj, fuel: Fuel): Json | undefined {
  fuel.left -= 1;
  if (fuel.left <= 0) return undefined;
  const { parts, rough } = partsOf(conj, fuel);
  for (const part of [...parts, ...rough]) {
    const value = sampleOfPart(part, fuel);
    if (value !== undefined) return value;
  }
  return undefined;
}

function sampleOfPart(part: Part, fuel: Fuel): Json | undefined {
  switch (part.kind) {
    case "literal":
      return part.value;
    case "number":
      return numbersNear(part, [])[0];
    case "string":
      return textsNear(part, [])[0];
    case "array":
      return sampleList(part, part.count.min, fuel);
    case "object":
      return sampleObject(part, part.required, fuel);
  }
}

export function sampleList(part: ArrayPart, length: number, fuel: Fuel): Json[] | undefined {
  if (length < part.count.min || length > part.count.max || length > LONGEST_LIST) return undefined;
  const list: Json[] = [];
  for (let place = 0; place < length; place++) {
    const item = sampleOf(itemAt(part, place), fuel);
    if (item === undefined) return undefined;
    list.push(item);
  }
  return list;
}

/** An object with these properties; undefined when one of them can have no value. */
export function sampleObject(
  part: ObjectPart,
  names: Iterable<string>,
  fuel: Fuel,
): { readonly [name: string]: Json } | undefined {
  const entries: [string, Json][] = [];
  for (const name of names) {
    const value = sampleOf(propertyAt(part, name), fuel);
    if (value === undefined) return undefined;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** Numbers of the part around its own ends and the ends of others, which is where others stop to hold them. */
export function numbersNear(part: NumberPart, others: readonly Part[]): number[] {
  const step = stepOf(part);
  const ends = [part, ...others].flatMap(marksOf).filter(Number.isFinite);
  const marks = [...new Set([0, ...ends])];
  const near = step
    ? marks.flatMap((mark) => [0n, 1n, -1n, 2n].map((beyond) => numberOf(multipleNear(decimalOf(mark), step, beyond))))
    : [...marks.flatMap(around), ...between(marks)];
  return [...new Set(near)].filter((value) => isIn(part, value));
}

function marksOf(part: Part): number[] {
  if (part.kind === "literal") return typeof part.value === "number" ? [part.value] : [];
  return part.kind === "number" ? [part.range.min, part.range.max, ...part.divisors] : [];
}

function around(mark: number): number[] {
  const hair = Math.abs(mark) * Number.EPSILON;
  return [mark, mark + 1, mark - 1, mark + 0.5, mark - 0.5, mark + hair, mark - hair, mark / 2, mark + 0.37];
}

function between(marks: readonly number[]): number[] {
  const sorted = [...marks].sort((a, b) => a - b);
  return sorted.slice(1).map((mark, place) => ((sorted[place] ?? mark) + mark) / 2);
}

function isIn({ range, divisors }: NumberPart, value: number): boolean {
  if (!Number.isFinite(value) || !inRange(value, range)) return false;
  return divisors.every((divisor) => isMultiple(decimalOf(value), decimalOf(divisor)));
}

const LETTERS = "abcdefghij";

/** Strings of the part as long as it or another allows at the most and at the least, in a few spellings. */
export function textsNear({ length }: StringPart, others: readonly Part[]): string[] {
  const marks = others.flatMap((other) =>
    other.kind === "string" ? [other.length.min - 1, other.length.max + 1] : [],
  );
  const spelled = others.filter((other) => other.kind === "literal" && typeof other.value === "string").length;
  return [...new Set([length.min, length.min + 1, length.max, ...marks])]
    .filter((count) => count >= length.min && count <= length.max && count <= LONGEST_TEXT)
    .flatMap((count) => spellings(count, Math.min(spelled + 1, LETTERS.length)));
}

function spellings(count: number, variants: number): string[] {
  if (count <= 0) return [""];
  return [...LETTERS.slice(0, variants)].map((letter) => "a".repeat(count - 1) + letter);
}
