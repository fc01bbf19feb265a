import { conversions } from "./conversions";
import { type Definition, defined, method } from "./definition";
import { EXHAUSTED, type Meter } from "./meter";
import { missing } from "./operators";
import { textFunctions } from "./text-functions";
import { durationPart, partOf, type TimePart } from "./time";
import { Dict, DURATION, type Fault, List, type Outcome, TIMESTAMP, typeOf, type Value } from "./values";

const timeParts: readonly [TimePart, string][] = [
  ["getFullYear", "The year."],
  ["getMonth", "The month, January is 0."],
  ["getDate", "The day of the month, the first is 1."],
  ["getDayOfMonth", "The day of the month, the first is 0."],
  ["getDayOfWeek", "The day of the week, Sunday is 0."],
  ["getDayOfYear", "The day of the year, the first is 0."],
  ["getHours", "The hour, 0 to 23."],
  ["getMinutes", "The minute."],
  ["getSeconds", "The second."],
  ["getMilliseconds", "The thousandths."],
];

/** What asking for a zone, and what calling any function, costs beyond the node itself. */
export const ZONE_STEPS = 100;
export const CALL_STEPS = 4;

const timeFunctions: readonly Definition[] = timeParts.flatMap(([part, doc]) => [
  method(part, { takes: [TIMESTAMP], gives: "int", doc: `${doc} In UTC.` }, ([at]) => partOf(part, at, "UTC")),
  method(part, { takes: [TIMESTAMP, "string"], gives: "int", doc: `${doc} In a zone.` }, ([at, zone], meter) =>
    // The engine's tables of zones are slow to ask.
    meter.spend(ZONE_STEPS) ? partOf(part, at, zone) : EXHAUSTED,
  ),
]);

const wholeParts = ["getHours", "getMinutes", "getSeconds", "getMilliseconds"] as const;
const durationFunctions = wholeParts.map((part) =>
  method(part, { takes: [DURATION], gives: "int", doc: "The whole duration in this unit." }, ([value]) =>
    durationPart(part, value),
  ),
);

const sizes: readonly Definition[] = [defined, method].flatMap((make) => [
  make("size", { takes: ["string"], gives: "int", doc: "How many characters." }, ([text], meter) =>
    meter.spend(text.length >>> 2) ? BigInt(codePoints(text)) : EXHAUSTED,
  ),
  make("size", { takes: ["bytes"], gives: "int", doc: "How many bytes." }, ([bytes]) => BigInt(bytes.length)),
  make("size", { takes: ["list"], gives: "int", doc: "How many items." }, ([list]) => BigInt(list.size)),
  make("size", { takes: ["map"], gives: "int", doc: "How many keys." }, ([dict], meter) =>
    meter.spend(dict.keys.length) ? BigInt(dict.keys.length) : EXHAUSTED,
  ),
]);

/** Every function there is. Whatever is not in this table can be neither checked nor called. [E5] */
export const functions: readonly Definition[] = [
  ...sizes,
  ...textFunctions,
  ...conversions,
  ...timeFunctions,
  ...durationFunctions,
];

export const MACROS = new Map([
  ["all", 2],
  ["exists", 2],
  ["exists_one", 2],
  ["filter", 2],
  ["map", 2],
]);

type Called = { readonly name: string; readonly isMethod: boolean; readonly count: number };
const key = ({ name, isMethod, count }: Called) => `${isMethod ? "." : ""}${name}/${count}`;

const overloads = new Map<string, Definition[]>();
for (const each of functions) {
  const name = key({ name: each.name, isMethod: each.isMethod, count: each.takes.length });
  overloads.set(name, [...(overloads.get(name) ?? []), each]);
}

export function isFunction(called: Called): boolean {
  return overloads.has(key(called));
}

/** Calls the overload that takes values of these types. Reading every text that is passed is paid for here. */
export function callFunction(
  called: Pick<Called, "name" | "isMethod">,
  values: readonly Value[],
  meter: Meter,
): Outcome {
  const types = values.map(typeOf);
  const fitting = overloads
    .get(key({ ...called, count: values.length }))
    ?.find(({ takes }) => takes.every((type, place) => type === "dyn" || type === types[place]));
  if (!fitting) return missing(called.name, types);
  const length = values.reduce<number>((sum, value) => sum + lengthOf(value), 0);
  return meter.spend(CALL_STEPS + (length >>> 5)) ? fitting.run(values, meter) : EXHAUSTED;
}

function lengthOf(value: Value): number {
  return typeof value === "string" || value instanceof Uint8Array ? value.length : 0;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** What a macro goes through: the items of a list, the keys of a map. */
export function rangeOf(value: Value, meter: Meter): List | Fault {
  if (value instanceof List) return value;
  if (!(value instanceof Dict)) return missing("A comprehension", [typeOf(value)]);
  return meter.spend(value.keys.length) ? List.of(value.keys) : EXHAUSTED;
}
