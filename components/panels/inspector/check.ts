import type { Json } from "@/flows/basics/json";
import { unreachable } from "@/flows/basics/unreachable";
import { isRecord } from "@/flows/types/json-schema";
import { shownIn, variantOf } from "./change";
import type { Shape, TextRules } from "./shape";

type Of<As extends Shape["as"]> = Extract<Shape, { as: As }>;
type Value = Json | undefined;

/** What is wrong with the value itself, in the words of its schema; what is in it answers for itself. */
export function problemOf(shape: Shape, value: Value): string | null {
  if (value === undefined) return "This has to be set.";
  switch (shape.as) {
    case "text":
      return typeof value === "string" ? textProblem(shape, value) : "This has to be a text.";
    case "number":
      return numberProblem(shape, value);
    case "switch":
      return typeof value === "boolean" ? null : "This is either on or off.";
    case "choice":
      return shape.options.some((option) => option.value === value) ? null : "Choose one of these.";
    case "flags":
      return flagsProblem(shape, value);
    case "list":
      return listProblem(shape, value);
    case "record":
      return recordProblem(shape, value);
    case "object":
      return isRecord(value) ? strangers(shape, value) : "This has to be an object.";
    case "variants":
      return variantOf(shape, value) ? null : "Choose one of these.";
    case "whole":
      return wholeProblem(shape, value);
    case "unknown":
      return null;
    default:
      return unreachable(shape);
  }
}

/** Everything that is wrong with a value and in it, each with where it is. None: the kind takes it. */
export function problemsIn(
  shape: Shape,
  value: Value,
  path: readonly string[] = [],
): { path: string; problem: string }[] {
  const own = problemOf(shape, value);
  if (own !== null) return [{ path: path.join("."), problem: own }];
  const inside = (part: Shape, name: string) => problemsIn(part, partOf(value, name), [...path, name]);
  switch (shape.as) {
    case "list":
      return (value as Json[]).flatMap((_, place) => inside(shape.item, String(place)));
    case "record":
      return Object.keys(value as object).flatMap((name) => [
        ...problemsIn(shape.key, name, [...path, name]),
        ...inside(shape.item, name),
      ]);
    case "object":
      return shape.fields.flatMap((field) =>
        !field.required && partOf(value, field.name) === undefined ? [] : inside(field.shape, field.name),
      );
    case "variants": {
      const variant = variantOf(shape, value);
      return variant ? problemsIn(variant.shape, shownIn(shape, value), path) : [];
    }
    default:
      return [];
  }
}

export function partOf(value: Value, name: string): Value {
  if (Array.isArray(value)) return value[Number(name)];
  return isRecord(value) && Object.hasOwn(value, name) ? (value[name] as Json) : undefined;
}

function textProblem({ least, most, pattern, not, wants }: TextRules & Pick<Shape, "wants">, text: string) {
  const tooShort = text.length < least;
  if (tooShort) return least === 1 ? "Write something." : `At least ${least} characters.`;
  if (most !== null && text.length > most) return `At most ${most} characters.`;
  const fits = pattern === null || new RegExp(pattern, "u").test(text);
  return fits && !not.includes(text) ? null : (wants ?? "This has another form.");
}

function numberProblem({ isWhole, min, max, control }: Of<"number">, value: Json): string | null {
  const say = control === "duration" ? durationWords : String;
  if (typeof value !== "number" || !Number.isFinite(value)) return "This has to be a number.";
  if (isWhole && !Number.isSafeInteger(value)) return "This has to be a whole number.";
  if (min !== null && value < min) return `At least ${say(min)}.`;
  return max !== null && value > max ? `At most ${say(max)}.` : null;
}

/** Said in the largest unit that divides it. */
export function durationWords(ms: number): string {
  const units = [
    { one: "day", ms: 86_400_000 },
    { one: "hour", ms: 3_600_000 },
    { one: "minute", ms: 60_000 },
    { one: "second", ms: 1_000 },
  ];
  const unit = units.find((each) => ms >= each.ms && ms % each.ms === 0);
  if (!unit) return `${ms} ms`;
  const count = ms / unit.ms;
  return `${count} ${unit.one}${count === 1 ? "" : "s"}`;
}

function flagsProblem({ options, least }: Of<"flags">, value: Json): string | null {
  if (!Array.isArray(value)) return "This has to be a list.";
  if (value.length < least) return "Choose at least one.";
  const known = new Set<Json>(options.map((option) => option.value));
  return value.every((each) => known.has(each)) && new Set(value).size === value.length ? null : "Choose among these.";
}

function listProblem({ least, most, isUnique, differBy, one = "entry" }: Of<"list">, value: Json): string | null {
  if (!Array.isArray(value)) return "This has to be a list.";
  if (value.length < least) return least === 1 ? `Add a ${one}.` : `Add at least ${least}.`;
  if (most !== null && value.length > most) return `At most ${most}.`;
  const keys = value.map((each) => JSON.stringify(differBy === null ? each : (partOf(each, differBy) ?? null)));
  const twice = (isUnique || differBy !== null) && new Set(keys).size < keys.length;
  return twice ? `Two of them have the same ${differBy ?? "name"}.` : null;
}

function recordProblem({ least, most, one = "value" }: Of<"record">, value: Json): string | null {
  if (!isRecord(value)) return "This has to be an object.";
  const count = Object.keys(value).length;
  if (count < least) return `Add a ${one}.`;
  return most !== null && count > most ? `At most ${most}.` : null;
}

function strangers({ fields }: Of<"object">, value: object): string | null {
  const known = new Set(fields.map(({ name }) => name));
  const strange = Object.keys(value).filter((name) => !known.has(name));
  return strange.length > 0 ? `There is no setting ${strange.join(", ")} here.` : null;
}

function wholeProblem({ control, demands, initial }: Of<"whole">, value: Json): string | null {
  if (control === "money" || control === "cap") return moneyProblem(value);
  if (control === "approvers") return approversProblem(value, initial);
  if (!isRecord(value)) return "This has to be an object.";
  if (demands.includes("properties")) return isObjectSchema(value) ? null : "This has to be the schema of an object.";
  return control !== "given" || Object.values(value).every(isSchema) ? null : "Each of them has to be a schema.";
}

function isObjectSchema({ type, properties, required = [] }: { [keyword: string]: unknown }): boolean {
  const names = Array.isArray(required) && required.every((name) => typeof name === "string");
  return type === "object" && isRecord(properties) && Object.values(properties).every(isSchema) && names;
}

/** As far as a flow looks into the schema of a field. */
function isSchema(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return [value.type, value.title].every((word) => word === undefined || typeof word === "string");
}

const CURRENCIES = ["microcredits", "trial_microcredits", "usdc_base"];

function moneyProblem(value: Json): string | null {
  const { currency, amount } = isRecord(value) ? (value as { currency?: Json; amount?: Json }) : {};
  const isMoney = CURRENCIES.includes(String(currency)) && typeof amount === "string" && /^\d{1,30}$/.test(amount);
  return isMoney ? null : "Write an amount.";
}

const MOST_APPROVERS = 20;

const APPROVER = /^(@starter|[A-Za-z0-9][\w.-]{0,63}|@(role|group):[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9][a-z0-9-]{0,39})$/;

/** Where nobody need be asked, the setting begins with nobody. */
function approversProblem(value: Json, initial: Json | undefined): string | null {
  if (!Array.isArray(value)) return "Somebody has to be asked.";
  const mayBeEmpty = Array.isArray(initial) && initial.length === 0;
  if (value.length === 0) return mayBeEmpty ? null : "Somebody has to be asked.";
  if (value.length > MOST_APPROVERS) return `At most ${MOST_APPROVERS}.`;
  const wrong = value.find((each) => typeof each !== "string" || !APPROVER.test(each));
  return wrong === undefined
    ? null
    : `${String(wrong)} is no account, and no group as in @group:acme/finance or @role:acme/approver.`;
}
