import type { Json } from "../basics/json";
import { admitsHere } from "./admits";
import type { Count, Range, SchemaNode } from "./schema-node";

/** Schemas that all hold of one value; none: anything goes. */
export type Conj = readonly SchemaNode[];

/** One way for a value to fit: of one kind, and without alternatives. */
export type Part = LiteralPart | NumberPart | StringPart | ArrayPart | ObjectPart;
export type LiteralPart = { readonly kind: "literal"; readonly value: Json };
export type NumberPart = { readonly kind: "number"; readonly range: Range; readonly divisors: readonly number[] };
export type StringPart = { readonly kind: "string"; readonly length: Count };
export type ArrayPart = {
  readonly kind: "array";
  readonly count: Count;
  readonly prefix: readonly Conj[];
  readonly rest: Conj;
};
export type ObjectPart = {
  readonly kind: "object";
  readonly properties: ReadonlyMap<string, Conj>;
  readonly rest: Conj;
  readonly required: ReadonlySet<string>;
};

/**
 * `parts`: every value of them fits. `rough`: values of them may fit. `why`: where the parts do not say all; null when
 * they are exactly the values that fit.
 */
export type Parts = { readonly parts: readonly Part[]; readonly rough: readonly Part[]; readonly why: string | null };

/** How much work is left. Every question about two schemas takes some; at zero the answer is `unknown`. */
export type Fuel = { left: number };

const MOST_WAYS = 64;
const TOO_MANY: Parts = { parts: [], rough: [], why: "too many alternatives" };
export const TOO_MUCH: Parts = { parts: [], rough: [], why: "too much to compare" };

/** The union that a schema stands for, with its alternatives multiplied out. */
export function partsOf(conj: Conj, fuel: Fuel): Parts {
  const ways = waysOf(conj, fuel);
  if (!ways) return fuel.left > 0 ? TOO_MANY : TOO_MUCH;
  const parts: Part[] = [];
  const rough: Part[] = [];
  let why: string | null = null;
  for (const way of ways) {
    const opaque = way.find((node) => node.opaque !== null)?.opaque ?? null;
    const found = partsOfWay(way, fuel);
    if (opaque !== null) why ??= `"${opaque}" is judged during the run`;
    else if (found.rough.length > 0) why ??= "a value of an enum is judged during the run";
    (opaque === null ? parts : rough).push(...found.parts);
    rough.push(...found.rough);
  }
  return { parts, rough, why };
}

/** Every choice among the alternatives, as the schemas that then all hold. Null: too many. */
function waysOf(conj: Conj, fuel: Fuel): Conj[] | null {
  let ways: SchemaNode[][] = [[]];
  for (const node of conj) {
    ways = ways.map((way) => (node.free ? way : [...way, node]));
    for (const group of node.groups) {
      const choices: Conj[] = [];
      for (const choice of group) {
        const below = waysOf([choice], fuel);
        if (!below) return null;
        choices.push(...below);
      }
      if (ways.length * choices.length > MOST_WAYS) return null;
      ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice]));
    }
    fuel.left -= ways.length;
    if (fuel.left <= 0) return null;
  }
  return ways;
}

function partsOfWay(way: Conj, fuel: Fuel): Pick<Parts, "parts" | "rough"> {
  const listed = way.find(({ literals }) => literals.length > 0)?.literals[0];
  if (!listed) {
    fuel.left -= way.reduce((total, node) => total + node.properties.size + node.prefix.length, 0) / 16;
    return { parts: openParts(way), rough: [] };
  }
  fuel.left -= listed.length / 16;
  const judged = listed.map((value) => ({ value, fits: way.map((node) => admitsHere(node, value)) }));
  const literal = ({ value }: { value: Json }) => ({ kind: "literal", value }) as const;
  const possible = judged.filter(({ fits }) => !fits.includes("no"));
  return {
    parts: possible.filter(({ fits }) => !fits.includes("unknown")).map(literal),
    rough: possible.filter(({ fits }) => fits.includes("unknown")).map(literal),
  };
}

function openParts(way: Conj): Part[] {
  const can = (...types: ("null" | "boolean" | "integer" | "string" | "array" | "object")[]) =>
    way.every((node) => types.some((type) => node.types.has(type)));
  return [
    ...(can("null") ? [{ kind: "literal", value: null } as const] : []),
    ...(can("boolean") ? [true, false].map((value) => ({ kind: "literal", value }) as const) : []),
    ...(can("integer") ? numberParts(way) : []),
    ...(can("string") ? stringParts(way) : []),
    ...(can("array") ? arrayParts(way) : []),
    ...(can("object") ? [objectPart(way)] : []),
  ];
}

function numberParts(way: Conj): Part[] {
  const range = way.map((node) => node.range).reduce(narrower, EVERY_NUMBER);
  const whole = way.some(({ types }) => !types.has("number"));
  const divisors = new Set([...(whole ? [1] : []), ...way.flatMap((node) => node.divisors)]);
  const none = range.min > range.max || (range.min === range.max && (range.minOpen || range.maxOpen));
  return none ? [] : [{ kind: "number", range, divisors: [...divisors] }];
}

export const EVERY_NUMBER: Range = {
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  minOpen: false,
  maxOpen: false,
};

function narrower(a: Range, b: Range): Range {
  const min = Math.max(a.min, b.min);
  const max = Math.min(a.max, b.max);
  return {
    min,
    max,
    minOpen: (a.min === min && a.minOpen) || (b.min === min && b.minOpen),
    maxOpen: (a.max === max && a.maxOpen) || (b.max === max && b.maxOpen),
  };
}

function stringParts(way: Conj): Part[] {
  const length = way.map((node) => node.length).reduce(bothCounts, { min: 0, max: Number.POSITIVE_INFINITY });
  if (length.max === 0 && length.min === 0) return [{ kind: "literal", value: "" }];
  return length.min > length.max ? [] : [{ kind: "string", length }];
}

function bothCounts(a: Count, b: Count): Count {
  return { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) };
}

function arrayParts(way: Conj): Part[] {
  const count = way.map((node) => node.count).reduce(bothCounts, { min: 0, max: Number.POSITIVE_INFINITY });
  const longest = Math.max(0, ...way.map(({ prefix }) => prefix.length));
  const prefix = Array.from({ length: longest }, (_, place) =>
    said(way.map((node) => (place < node.prefix.length ? node.prefix[place] : node.rest))),
  );
  const rest = said(way.map((node) => node.rest));
  // Nothing fits where an item is refused whatever it is, so the array ends before it.
  const end = [...prefix, rest].findIndex((item) => item.some(({ types }) => types.size === 0));
  const max = end < 0 ? count.max : Math.min(count.max, end);
  return count.min > max ? [] : [{ kind: "array", count: { min: count.min, max }, prefix, rest }];
}

function objectPart(way: Conj): ObjectPart {
  const names = new Set(way.flatMap((node) => [...node.properties.keys()]));
  return {
    kind: "object",
    properties: new Map(
      [...names].map((name) => [name, said(way.map((node) => node.properties.get(name) ?? node.additional))]),
    ),
    rest: said(way.map((node) => node.additional)),
    required: new Set(way.flatMap((node) => [...node.required])),
  };
}

/** The schemas that say something. */
function said(nodes: readonly (SchemaNode | null | undefined)[]): Conj {
  return nodes.filter((node): node is SchemaNode => !!node && !node.free);
}

export function itemAt({ prefix, rest }: ArrayPart, place: number): Conj {
  return prefix[place] ?? rest;
}

export function propertyAt({ properties, rest }: ObjectPart, name: string): Conj {
  return properties.get(name) ?? rest;
}
