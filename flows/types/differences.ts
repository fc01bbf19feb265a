import type { Json } from "../basics/json";
import { admits } from "./admits";
import { type ArrayPart, type Conj, type Fuel, itemAt, type ObjectPart, type Part, partsOf, propertyAt } from "./parts";
import { numbersNear, sampleList, sampleObject, sampleOf, textsNear } from "./sample-values";

/** How many values each level tries to spoil, and with how many parts for each place. */
const KEPT = 12;
const TRIED = 3;
const FULL = 16;

/**
 * Values that should fit `from` and may not fit `to`, likely ones first. A guess, not a claim: whoever uses one holds it
 * against both schemas.
 */
export function* differences(from: Conj, to: Conj, fuel: Fuel): Generator<Json> {
  fuel.left -= 1;
  const own = partsOf(from, fuel);
  for (const node of to) {
    if (node.free) continue;
    const others = partsOf([node], fuel).parts;
    for (const part of [...own.parts, ...own.rough]) {
      if (fuel.left <= 0) return;
      for (const value of outside(part, others, fuel)) if (admits(node, value) !== "yes") yield value;
    }
  }
}

function* outside(part: Part, others: readonly Part[], fuel: Fuel): Generator<Json> {
  switch (part.kind) {
    case "literal":
      yield part.value;
      return;
    case "number":
      yield* numbersNear(part, others);
      return;
    case "string":
      yield* textsNear(part, others);
      return;
    case "array":
      yield* outsideLists(part, others, fuel);
      return;
    case "object":
      yield* outsideObjects(part, others, fuel);
  }
}

function* outsideLists(part: ArrayPart, others: readonly Part[], fuel: Fuel): Generator<Json> {
  const ends = others.flatMap((other) => (other.kind === "array" ? [other.count.min - 1, other.count.max + 1] : []));
  const longer = [part.prefix.length, part.prefix.length + 1, part.count.min + 1, part.count.max];
  const lengths = [...new Set([part.count.min, ...ends, ...longer])];
  let lists: Json[][] = [];
  for (const length of lengths) {
    const list = sampleList(part, length, fuel);
    if (!list) continue;
    lists.push(list);
    yield list;
  }
  for (const other of others) {
    if (other.kind !== "array") continue;
    lists = lists.slice(0, KEPT).flatMap((list) => spoiledLists(list, { part, other }, fuel));
    yield* lists;
  }
}

function spoiledLists(
  list: readonly Json[],
  { part, other }: { part: ArrayPart; other: ArrayPart },
  fuel: Fuel,
): Json[][] {
  const places = Math.min(Math.max(part.prefix.length, other.prefix.length) + 1, part.count.max, FULL);
  const spoiled: Json[][] = [];
  for (let place = 0; place < places; place++) {
    const base = place < list.length ? list : sampleList(part, place + 1, fuel);
    if (!base) continue;
    for (const item of first(TRIED, differences(itemAt(part, place), itemAt(other, place), fuel)))
      spoiled.push(base.with(place, item));
  }
  return spoiled;
}

type JsonObject = { readonly [name: string]: Json };

function* outsideObjects(part: ObjectPart, others: readonly Part[], fuel: Fuel): Generator<Json> {
  const bare = sampleObject(part, part.required, fuel);
  if (!bare) return;
  yield bare;
  const named = [...part.properties.keys(), ...others.flatMap(namesOf)];
  const stranger = freshName(named);
  const rest = [...new Set([...named, stranger])].filter((name) => !part.required.has(name)).slice(0, FULL);
  const optional = rest.flatMap((name) => {
    const value = sampleOf(propertyAt(part, name), fuel);
    return value === undefined ? [] : [[name, value] as const];
  });
  const known = optional.filter(([name]) => part.properties.has(name));
  let objects: JsonObject[] = [
    bare,
    { ...bare, ...Object.fromEntries(optional.filter(([name]) => name === stranger)) },
    { ...bare, ...Object.fromEntries(known) },
    { ...bare, ...Object.fromEntries(optional.filter(([name]) => name !== stranger)) },
    { ...bare, ...Object.fromEntries(optional) },
  ];
  yield* objects;
  for (const other of others) {
    if (other.kind !== "object") continue;
    objects = objects.slice(0, KEPT).flatMap((object) => spoiledObjects(object, { part, other, stranger }, fuel));
    yield* objects;
  }
}

type Spoiling = { part: ObjectPart; other: ObjectPart; stranger: string };

function spoiledObjects(object: JsonObject, { part, other, stranger }: Spoiling, fuel: Fuel): JsonObject[] {
  const lacking = [...other.required]
    .filter((name) => !part.required.has(name))
    .map((missing) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== missing)));
  const names = new Set([...part.properties.keys(), ...other.properties.keys(), stranger]);
  const changed = [...names].flatMap((name) =>
    first(TRIED, differences(propertyAt(part, name), propertyAt(other, name), fuel)).map((value) => ({
      ...object,
      [name]: value,
    })),
  );
  return [...lacking, ...changed];
}

function namesOf(part: Part): string[] {
  return part.kind === "object" ? [...part.properties.keys(), ...part.required] : [];
}

function freshName(taken: readonly string[]): string {
  let name = "other";
  while (taken.includes(name)) name += "_";
  return name;
}

function first<T>(count: number, values: Iterable<T>): T[] {
  const found: T[] = [];
  for (const value of values) {
    found.push(value);
    if (found.length === count) break;
  }
  return found;
}
