import { admits } from "./admits";
import { isEmpty, numbersCovered } from "./number-cover";
import {
  type ArrayPart,
  type Conj,
  EVERY_NUMBER,
  type Fuel,
  itemAt,
  type NumberPart,
  type ObjectPart,
  type Part,
  partsOf,
  propertyAt,
  TOO_MUCH,
} from "./parts";
import { literalNode, type SchemaNode } from "./schema-node";

/** A search for a proof; `why` is the first thing that stood in its way, where that was not a plain difference. */
export type Proof = { readonly fuel: Fuel; why: string | null };

/** Whether it is proved that every value of `from` fits `to`. False says nothing: there may just be no proof. [T4] */
export function includes(from: Conj, to: Conj, proof: Proof): boolean {
  proof.fuel.left -= 1;
  const asked = to.filter((node) => !node.free && !from.includes(node));
  if (asked.length === 0) return true;
  const { parts, why } = partsOf(from, proof.fuel);
  if (why !== null || proof.fuel.left <= 0) {
    proof.why ??= why ?? TOO_MUCH.why;
    return false;
  }
  return asked.every((node) => {
    const targets = partsOf([node], proof.fuel);
    proof.why ??= targets.why;
    return parts.every((part) => covered(part, { node, parts: targets.parts }, proof));
  });
}

/** What must hold a part: a schema and what it is the union of, as far as that is known. */
type Target = { readonly node: SchemaNode; readonly parts: readonly Part[] };

function covered(part: Part, target: Target, proof: Proof): boolean {
  proof.fuel.left -= 1 + target.parts.length / (part.kind === "literal" ? 16 : 1);
  switch (part.kind) {
    case "literal":
      return admits(target.node, part.value) === "yes";
    case "number":
      return numbersCovered(part, target.parts.flatMap(asNumbers));
    case "string":
      return numbersCovered(lengthsFrom(part.length.min, part.length.max), target.parts.flatMap(asLengths));
    case "array":
      return target.parts.some((other) => other.kind === "array" && arrayWithin(part, other, proof));
    case "object":
      return (
        hasNoObject(part, proof) ||
        target.parts.some((other) => other.kind === "object" && objectWithin(part, other, proof)) ||
        coveredByCase(part, target, proof)
      );
  }
}

function asNumbers(part: Part): NumberPart[] {
  if (part.kind === "number") return [part];
  return part.kind === "literal" && typeof part.value === "number" ? [pointAt(part.value)] : [];
}

function pointAt(value: number): NumberPart {
  return { kind: "number", range: { ...EVERY_NUMBER, min: value, max: value }, divisors: [] };
}

/** Strings differ for a schema by their length only, and the empty one is the only one of its length. */
function asLengths(part: Part): NumberPart[] {
  if (part.kind === "string") return [lengthsFrom(part.length.min, part.length.max)];
  return part.kind === "literal" && part.value === "" ? [lengthsFrom(0, 0)] : [];
}

function lengthsFrom(min: number, max: number): NumberPart {
  return { kind: "number", range: { ...EVERY_NUMBER, min, max }, divisors: [1] };
}

function arrayWithin(part: ArrayPart, other: ArrayPart, proof: Proof): boolean {
  if (part.count.min < other.count.min) return false;
  const places = Math.max(part.prefix.length, other.prefix.length) + 1;
  for (let place = 0; place < Math.min(places, part.count.max); place++) {
    const item = itemAt(part, place);
    if (place >= other.count.max) return endsBefore(part, place, proof);
    if (!includes(item, itemAt(other, place), proof)) return false;
  }
  return endsBefore(part, other.count.max, proof);
}

/** Whether no array of the part has an item at `place`. */
function endsBefore(part: ArrayPart, place: number, proof: Proof): boolean {
  return part.count.max <= place || isNever(itemAt(part, place), proof);
}

function objectWithin(part: ObjectPart, other: ObjectPart, proof: Proof): boolean {
  for (const name of other.required) if (!part.required.has(name)) return false;
  const names = new Set([...part.properties.keys(), ...other.properties.keys()]);
  for (const name of names) if (!includes(propertyAt(part, name), propertyAt(other, name), proof)) return false;
  return includes(part.rest, other.rest, proof);
}

/** Whether no object fits, because a property that it must have can have no value. */
function hasNoObject(part: ObjectPart, proof: Proof): boolean {
  return [...part.required].some((name) => isNever(propertyAt(part, name), proof));
}

function isNever(conj: Conj, proof: Proof): boolean {
  if (conj.length === 0) return false;
  proof.fuel.left -= 1;
  const { parts, why } = partsOf(conj, proof.fuel);
  if (why !== null || proof.fuel.left <= 0) return false;
  return parts.every((part) => {
    if (part.kind === "number") return isEmpty(part);
    if (part.kind === "object") return hasNoObject(part, proof);
    return part.kind === "array" && part.count.min > 0 && isNever(itemAt(part, 0), proof);
  });
}

const MOST_CASES = 16;

/**
 * Objects told apart by a property with a few fixed values, as in `{ kind: "a" | "b" }`, may fit one alternative for
 * each value though no alternative fits them all.
 */
function coveredByCase(part: ObjectPart, target: Target, proof: Proof): boolean {
  if (target.parts.length < 2) return false;
  for (const name of part.required) {
    const { parts, why } = partsOf(propertyAt(part, name), proof.fuel);
    const values = parts.flatMap((choice) => (choice.kind === "literal" ? [choice.value] : []));
    if (why !== null || values.length !== parts.length || values.length < 2 || values.length > MOST_CASES) continue;
    if (proof.fuel.left <= 0) return false;
    const cases = values.map((value) => new Map([...part.properties, [name, [literalNode(value)]]]));
    if (cases.every((properties) => covered({ ...part, properties }, target, proof))) return true;
  }
  return false;
}
