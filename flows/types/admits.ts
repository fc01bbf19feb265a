import type { Json } from "../basics/json";
import { sameJson } from "../basics/same-json";
import { decimalOf, isMultiple } from "./decimal";
import { isRecord, jsonTypeOf } from "./json-schema";
import type { Range, SchemaNode } from "./schema-node";

export type Admits = "yes" | "no" | "unknown";

/** Whether a value fits, as far as the decided keywords tell. `unknown` only where another keyword may refuse it. */
export function admits(node: SchemaNode, value: Json): Admits {
  return every(withAll(node, value));
}

/** The same by a schema's own decided keywords, for who has followed `anyOf` and `$ref` already. */
export function admitsHere(node: SchemaNode, value: Json): Admits {
  if (node.free) return "yes";
  return every(own(node, value));
}

function* withAll(node: SchemaNode, value: Json): Generator<Admits> {
  yield admitsHere(node, value);
  for (const group of node.groups) yield some(group, value);
  if (node.opaque !== null) yield "unknown";
}

function* own(node: SchemaNode, value: Json): Generator<Admits> {
  yield said(node.types.has(jsonTypeOf(value)));
  for (const list of node.literals) yield said(list.some((literal) => sameJson(literal, value)));
  if (typeof value === "number") {
    yield said(inRange(value, node.range));
    for (const divisor of node.divisors) yield said(isMultiple(decimalOf(value), decimalOf(divisor)));
  } else if (typeof value === "string") {
    const length = charactersOf(value);
    yield said(length >= node.length.min && length <= node.length.max);
  } else if (Array.isArray(value)) yield* items(node, value);
  else if (isRecord(value)) yield* properties(node, value as { readonly [key: string]: Json });
}

function* items(node: SchemaNode, value: readonly Json[]): Generator<Admits> {
  yield said(value.length >= node.count.min && value.length <= node.count.max);
  for (const [place, item] of value.entries()) {
    const part = place < node.prefix.length ? node.prefix[place] : node.rest;
    if (part) yield admits(part, item);
  }
}

function* properties(node: SchemaNode, value: { readonly [key: string]: Json }): Generator<Admits> {
  for (const name of node.required) yield said(Object.hasOwn(value, name));
  for (const [name, item] of Object.entries(value)) {
    const part = node.properties.get(name) ?? node.additional;
    if (part) yield admits(part, item);
  }
}

/** How many characters a string has, as JSON Schema counts them: a surrogate pair is one. */
function charactersOf(text: string): number {
  let pairs = 0;
  for (let place = 0; place + 1 < text.length; place++)
    if ((text.charCodeAt(place) & 0xfc00) === 0xd800 && (text.charCodeAt(place + 1) & 0xfc00) === 0xdc00) pairs++;
  return text.length - pairs;
}

export function inRange(value: number, { min, max, minOpen, maxOpen }: Range): boolean {
  return (minOpen ? value > min : value >= min) && (maxOpen ? value < max : value <= max);
}

const said = (fits: boolean): Admits => (fits ? "yes" : "no");

function every(answers: Iterable<Admits>): Admits {
  let result: Admits = "yes";
  for (const answer of answers) {
    if (answer === "no") return "no";
    if (answer === "unknown") result = "unknown";
  }
  return result;
}

function some(group: readonly SchemaNode[], value: Json): Admits {
  let result: Admits = "no";
  for (const node of group) {
    const answer = admits(node, value);
    if (answer === "yes") return "yes";
    if (answer === "unknown") result = "unknown";
  }
  return result;
}
