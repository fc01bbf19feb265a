import type { Json } from "../basics/json";
import { isRecord, type JsonSchema } from "./json-schema";

/** Repeatable chance: the same seed gives the same schemas and values. */
export type Dice = {
  below(limit: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  odds(percent: number): boolean;
};

export function dice(seed: number): Dice {
  let state = seed | 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    odds: (percent) => below(100) < percent,
  };
}

type Fields = { [keyword: string]: unknown };

export const NAMES = ["a", "b", "c", "toString"] as const;
export const NUMBERS = [-2.5, -1, -0.1, 0, 0.3, 0.5, 1, 2, 3, 4, 5, 7, 1e21, 2 ** 53] as const;
const DIVISORS = [0.1, 0.3, 0.5, 1, 2, 3, 4, 6, 1e-7] as const;

/** A schema of the decided keywords and, now and then, of one that is not decided. */
export function randomSchema(chance: Dice): JsonSchema {
  const schema = anySchema(chance, 3);
  if (typeof schema === "boolean" || !chance.odds(12)) return schema;
  const [d, e] = [anySchema(chance, 2), anySchema(chance, 1)];
  return { anyOf: [schema, { $ref: "#/$defs/d" }], $defs: { d: { anyOf: [d, { $ref: "#/$defs/e" }] }, e } };
}

function anySchema(chance: Dice, depth: number): JsonSchema {
  if (chance.odds(6)) return chance.odds(70);
  const kind = chance.below(depth > 0 ? 12 : 6);
  if (kind < 6) return scalar(chance, kind);
  if (kind < 8) return list(chance, depth - 1);
  if (kind < 11) return record(chance, depth - 1);
  const choices = Array.from({ length: 1 + chance.below(3) }, () => anySchema(chance, depth - 1));
  const beside = chance.odds(30) ? (anySchema(chance, depth - 1) as object) : {};
  return { ...beside, [chance.odds(4) ? "oneOf" : "anyOf"]: choices };
}

function scalar(chance: Dice, kind: number): Fields {
  if (kind === 0)
    return { [chance.odds(50) ? "const" : "enum"]: chance.odds(50) ? [literal(chance, 1)] : literals(chance) };
  if (kind === 1) return { type: chance.pick(["null", "boolean", "boolean"]) };
  if (kind === 2) return { type: "string", ...count(chance, "Length") };
  if (kind === 3)
    return {
      ...(chance.odds(50) ? { type: ["string", chance.pick(["null", "number", "array"])] } : {}),
      ...count(chance, "Length"),
    };
  return { type: chance.pick(["number", "integer", "integer"]), ...bounds(chance) };
}

function literals(chance: Dice): Json[] {
  return Array.from({ length: chance.below(4) }, () => literal(chance, 1));
}

export function literal(chance: Dice, depth: number): Json {
  const kind = chance.below(depth > 0 ? 8 : 6);
  if (kind < 2) return chance.pick(NUMBERS);
  if (kind < 4) return chance.pick(["", "a", "b", "aa", "𝒳"]);
  if (kind === 4) return chance.odds(50);
  if (kind === 5) return null;
  if (kind === 6) return Array.from({ length: chance.below(3) }, () => literal(chance, depth - 1));
  return Object.fromEntries(NAMES.filter(() => chance.odds(40)).map((name) => [name, literal(chance, depth - 1)]));
}

function bounds(chance: Dice): Fields {
  return {
    ...(chance.odds(40) ? { [chance.odds(60) ? "minimum" : "exclusiveMinimum"]: chance.pick(NUMBERS) } : {}),
    ...(chance.odds(40) ? { [chance.odds(60) ? "maximum" : "exclusiveMaximum"]: chance.pick(NUMBERS) } : {}),
    ...(chance.odds(20) ? { multipleOf: chance.pick(DIVISORS) } : {}),
  };
}

function count(chance: Dice, of: "Length" | "Items"): Fields {
  return {
    ...(chance.odds(40) ? { [`min${of}`]: chance.below(3) } : {}),
    ...(chance.odds(40) ? { [`max${of}`]: chance.below(4) } : {}),
  };
}

function list(chance: Dice, depth: number): Fields {
  return {
    type: "array",
    ...(chance.odds(70) ? { items: anySchema(chance, depth) } : {}),
    ...(chance.odds(30)
      ? { prefixItems: Array.from({ length: 1 + chance.below(2) }, () => anySchema(chance, depth)) }
      : {}),
    ...count(chance, "Items"),
    ...(chance.odds(3) ? { contains: anySchema(chance, depth) } : {}),
  };
}

function record(chance: Dice, depth: number): Fields {
  const names = NAMES.filter(() => chance.odds(50));
  return {
    ...(chance.odds(90) ? { type: "object" } : {}),
    properties: Object.fromEntries(names.map((name) => [name, anySchema(chance, depth)])),
    ...(chance.odds(60) ? { required: NAMES.filter((name) => chance.odds(names.includes(name) ? 50 : 5)) } : {}),
    ...(chance.odds(35) ? { additionalProperties: chance.odds(60) ? false : anySchema(chance, depth) } : {}),
    ...(chance.odds(3) ? { minProperties: chance.below(3) } : {}),
  };
}

/** The schema with something taken away, added or replaced somewhere, so that it is often wider or narrower. */
export function nearby(schema: JsonSchema, chance: Dice): JsonSchema {
  if (!isRecord(schema) || chance.odds(8)) return chance.odds(50) ? anySchema(chance, 1) : true;
  if (chance.odds(10)) return { anyOf: [schema, anySchema(chance, 1)] };
  const entries = Object.entries(schema);
  const [name, value] = entries[chance.below(entries.length)] ?? ["type", "string"];
  const changed = nearbyValue({ name, value }, chance);
  if (changed !== undefined) return { ...schema, [name]: changed };
  return chance.odds(60) && name !== "$ref"
    ? Object.fromEntries(Object.entries(schema).filter(([other]) => other !== name))
    : { ...schema, title: "nearby" };
}

function nearbyValue({ name, value }: { name: string; value: unknown }, chance: Dice): unknown {
  if (["properties", "$defs"].includes(name) && isRecord(value)) {
    const names = Object.keys(value);
    const key = names[chance.below(names.length)];
    return key === undefined ? undefined : { ...value, [key]: nearby(value[key] as JsonSchema, chance) };
  }
  if (["anyOf", "prefixItems", "oneOf"].includes(name) && Array.isArray(value)) {
    const place = chance.below(value.length);
    return value.with(place, nearby(value[place], chance));
  }
  if (["items", "additionalProperties"].includes(name)) return nearby(value as JsonSchema, chance);
  return typeof value === "number" && name !== "const" ? moved(name, value, chance) : undefined;
}

function moved(name: string, value: number, chance: Dice): number {
  if (name === "multipleOf") return value * chance.pick([1, 2, 3]);
  const by = value + chance.pick([-1, 1]);
  return /Length|Items|Properties/.test(name) ? Math.max(0, by) : by;
}
