import type { Json } from "@/flows/basics/json";
import { unreachable } from "@/flows/basics/unreachable";
import { isRecord } from "@/flows/types/json-schema";
import type { Shape, Variant } from "./shape";

type Value = Json | undefined;
type Variants = Extract<Shape, { as: "variants" }>;
type Entries = Readonly<Record<string, Json>>;

const CREDIT = { currency: "microcredits", amount: "1000000" };
const NO_FIELDS = { type: "object", properties: {}, required: [] };

/** What a setting begins as when somebody asks for it: of a list one more, of a choice another variant. */
export function freshOf(shape: Shape): Json {
  if (shape.fresh !== undefined && shape.as !== "record" && !isAboutItems(shape)) return shape.fresh;
  if (shape.initial !== undefined) return shape.initial;
  switch (shape.as) {
    case "text":
    case "unknown":
      return "";
    case "number":
      return shape.min ?? 0;
    case "switch":
      return false;
    case "choice":
      return shape.options[0]?.value ?? "";
    case "flags":
      return shape.options.slice(0, shape.least).map(({ value }) => value);
    case "list":
      return Array.from({ length: shape.least }, () => freshItem(shape, []));
    case "record":
      return {};
    case "object": {
      const required = shape.fields.filter((field) => field.required);
      return Object.fromEntries(required.map(({ name, shape: part }) => [name, freshOf(part)]));
    }
    case "variants":
      return shape.variants[0] ? inVariant(shape, shape.variants[0], freshOf(shape.variants[0].shape)) : null;
    case "whole":
      return freshWhole(shape);
    default:
      return unreachable(shape);
  }
}

/** What is said of a list by `fresh` is said of what is in it, unless it is a list itself. */
function isAboutItems(shape: Shape): boolean {
  return shape.as === "list" && !Array.isArray(shape.fresh);
}

function freshWhole({ control }: Shape): Json {
  if (control === "money" || control === "cap") return CREDIT;
  if (control === "schema" || control === "form") return NO_FIELDS;
  return control === "approvers" ? ["@starter"] : {};
}

/** A list or a record with one more, under a name that none of them has. */
export function addOne(shape: Extract<Shape, { as: "list" | "record" }>, value: Value): Json {
  if (shape.as === "list") {
    const list = Array.isArray(value) ? value : [];
    return [...list, freshItem(shape, list)];
  }
  const record: Entries = isRecord(value) ? (value as Entries) : {};
  return { ...record, [freeName(shape.one ?? "value", Object.keys(record))]: freshOf(shape.item) };
}

function freshItem(shape: Extract<Shape, { as: "list" }>, others: readonly Json[]): Json {
  const { item, differBy, isUnique, one = "entry" } = shape;
  const made = shape.fresh !== undefined && !Array.isArray(shape.fresh) ? shape.fresh : freshOf(item);
  if (differBy !== null && isRecord(made)) {
    const taken = others.map((each) => (isRecord(each) ? String(each[differBy]) : ""));
    return { ...(made as Entries), [differBy]: freeName(String(made[differBy] || one), taken) };
  }
  return isUnique && item.as === "text" ? freeName(one, others.map(String)) : made;
}

export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let count = 2; taken.includes(name); count++) name = `${wanted}${count}`;
  return name;
}

/** The value with another one at a place in it; undefined takes it away. Lists keep no holes. */
export function setIn(value: Value, path: readonly string[], next: Value): Value {
  const [name, ...rest] = path;
  if (name === undefined) return next;
  if (Array.isArray(value)) {
    const place = Number(name);
    const part = setIn(value[place], rest, next);
    return part === undefined ? value.filter((_, each) => each !== place) : value.with(place, part);
  }
  const entries: Entries = isRecord(value) ? (value as Entries) : {};
  const part = setIn(Object.hasOwn(entries, name) ? entries[name] : undefined, rest, next);
  if (part !== undefined) return { ...entries, [name]: part };
  return Object.fromEntries(Object.entries(entries).filter(([each]) => each !== name));
}

export function getIn(value: Value, path: readonly string[]): Value {
  return path.reduce<Value>((found, name) => {
    if (Array.isArray(found)) return found[Number(name)];
    return isRecord(found) && Object.hasOwn(found, name) ? (found[name] as Json) : undefined;
  }, value);
}

/** The names beside the one at a path: the others of a list of texts, or the same field of the others in a list. */
export function namesBeside(value: Value, path: readonly string[]): Value[] {
  const around = getIn(value, path.slice(0, -1));
  if (Array.isArray(around)) return around.filter((_, place) => String(place) !== path.at(-1));
  const list = getIn(value, path.slice(0, -2));
  if (!Array.isArray(list)) return [];
  return list.filter((_, place) => String(place) !== path.at(-2)).map((each) => getIn(each, path.slice(-1)));
}

/** One of a list somewhere else among the others. */
export function moved(list: readonly Json[], from: number, to: number): Json[] {
  const others = list.filter((_, place) => place !== from);
  return [...others.slice(0, to), ...list.slice(from, from + 1), ...others.slice(to)];
}

/** Another name for an entry, in its place. */
export function renamed(record: Entries, from: string, to: string): Entries {
  return Object.fromEntries(Object.entries(record).map(([name, part]) => [name === from ? to : name, part]));
}

/** Which variant a value is: by the field that tells it, else the first that has what it needs. */
export function variantOf({ by, variants }: Variants, value: Value): Variant | null {
  if (by !== null) return variants.find((each) => isRecord(value) && value[by] === each.value) ?? null;
  return variants.find(({ shape }) => looksLike(shape, value)) ?? null;
}

function looksLike(shape: Shape, value: Value): boolean {
  if (shape.as === "text") return typeof value === "string";
  if (shape.as === "number") return typeof value === "number";
  if (!isRecord(value)) return false;
  if (shape.as !== "object") return true;
  const has = (name: string) => Object.hasOwn(value, name);
  return (
    shape.fields.every(({ name, required }) => !required || has(name)) &&
    Object.keys(value).every((name) => shape.fields.some((field) => field.name === name))
  );
}

/** What the fields of a variant are about: the value without the field that tells the variant. */
export function shownIn({ by }: Variants, value: Value): Value {
  return by === null ? value : setIn(value, [by], undefined);
}

/** Another variant of a value: what both have in common stays as it is. */
export function toVariant(shape: Variants, variant: Variant, value: Value): Json {
  const made = freshOf(variant.shape);
  if (variant.shape.as !== "object" || !isRecord(value) || !isRecord(made)) return inVariant(shape, variant, made);
  const kept = variant.shape.fields.filter(({ name }) => Object.hasOwn(value, name));
  const same = Object.fromEntries(kept.map(({ name }) => [name, value[name] as Json]));
  return inVariant(shape, variant, { ...(made as Entries), ...same });
}

function inVariant({ by }: Variants, variant: Variant, made: Json): Json {
  return by === null ? made : { ...(made as Entries), [by]: variant.value };
}
