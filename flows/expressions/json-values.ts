import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { EXHAUSTED, type Meter } from "./meter";
import { isWhole, itemsOf, propertyOf, type Schema } from "./schema";
import { formatDuration, formatTimestamp } from "./time";
import { Dict, Duration, Fault, List, Timestamp, TypeName, Uint, type Value } from "./values";

/**
 * A JSON value as expressions see it. A number is an int where its schema says `integer`, else a double; where the value
 * does not keep to its schema the number stays a double, and meets no operator that wants an int. Nothing is copied: lists
 * and objects are looked into when they are read, and only at properties of their own. [E5] [E7]
 */
export function valueOfJson(json: Json, schema: Schema): Value {
  if (typeof json === "number") return isWhole(schema) && Number.isSafeInteger(json) ? BigInt(json) : json;
  if (json === null || typeof json !== "object") return json;
  if (isList(json)) {
    const items = itemsOf(schema);
    return new List(json.length, (place) => valueOfJson(json[place] ?? null, items));
  }
  const listKeys = () => Object.keys(json);
  return new Dict(listKeys, (key) => {
    if (typeof key !== "string" || !Object.hasOwn(json, key)) return undefined;
    return valueOfJson(json[key] ?? null, propertyOf(schema, key));
  });
}

/**
 * A result as JSON. int and uint become numbers when a double holds them exactly, or else the answer is a fault: an amount
 * that silently lost its last digits would be worse. Timestamps and durations become text; bytes, types, NaN and the
 * infinities have no JSON. [E7]
 */
export function jsonOfValue(value: Value, meter: Meter): Result<Json, Fault> {
  if (!meter.spend(1)) return err(EXHAUSTED);
  if (value === null || typeof value === "boolean" || typeof value === "string") return ok(value);
  if (typeof value === "bigint") return exact(value);
  if (value instanceof Uint) return exact(value.value);
  if (typeof value === "number") return Number.isFinite(value) ? ok(value) : err(noJson("NaN or an infinity"));
  if (value instanceof List) return listOf(value, meter);
  if (value instanceof Dict) return objectOf(value, meter);
  if (value instanceof Timestamp) return ok(formatTimestamp(value));
  if (value instanceof Duration) return ok(formatDuration(value));
  return err(noJson(value instanceof TypeName ? "A type" : "Bytes"));
}

function listOf(list: List, meter: Meter): Result<Json, Fault> {
  const items: Json[] = [];
  for (let place = 0; place < list.size; place++) {
    const item = jsonOfValue(list.at(place), meter);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok(items);
}

function objectOf(dict: Dict, meter: Meter): Result<Json, Fault> {
  if (!meter.spend(dict.keys.length)) return err(EXHAUSTED);
  const entries: [string, Json][] = [];
  for (const key of dict.keys) {
    if (typeof key !== "string") return err(noJson("A map whose keys are no texts"));
    const value = jsonOfValue(dict.get(key) ?? null, meter);
    if (!value.ok) return value;
    entries.push([key, value.value]);
  }
  // fromEntries defines properties, so that "__proto__" is a key like any other.
  return ok(Object.fromEntries(entries));
}

function exact(value: bigint): Result<Json, Fault> {
  const number = Number(value);
  return Number.isSafeInteger(number)
    ? ok(number)
    : err(new Fault("number_overflow", `${value} cannot be written as a JSON number without loss.`));
}

function noJson(what: string): Fault {
  return new Fault("argument_invalid", `${what} cannot leave an expression.`);
}

function isList(json: readonly Json[] | { readonly [key: string]: Json }): json is readonly Json[] {
  return Array.isArray(json);
}
