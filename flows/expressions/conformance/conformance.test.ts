import { expect, test } from "vitest";
import { evaluate } from "../evaluate";
import { environmentWith, readText, type Tree, typeOfTree } from "../library";
import { Meter } from "../meter";
import { Dict, Fault, type Key, List, type Outcome, TypeName, typeOf, Uint, type Value } from "../values";
import cases from "./cases.json";
import skips from "./skips.json";

type Written = { readonly [kind: string]: unknown };
type WrittenType = {
  readonly primitive?: string;
  readonly wellKnown?: string;
  readonly null?: null;
  readonly dyn?: object;
  readonly type?: object;
  readonly listType?: { elemType?: WrittenType };
  readonly mapType?: { keyType?: WrittenType; valueType?: WrittenType };
};

/** One published case, as it stands in cases.json. */
type Case = {
  readonly id: string;
  readonly expr: string;
  readonly typeEnv?: readonly { name: string; type?: WrittenType; function?: unknown }[];
  readonly bindings?: Readonly<Record<string, { value: Written }>>;
  readonly unchecked?: true;
  readonly checkOnly?: true;
  readonly error?: true;
  readonly value?: Written;
  readonly type?: WrittenType;
};

/** Runs a case through our own door. Null when it passes, or else what happened instead. */
function runCase(each: Case): string | null {
  if (each.typeEnv?.some((declared) => declared.function !== undefined)) return "declares functions of its own";
  const variables = (each.typeEnv ?? []).map(({ name, type }) => [name, typeName(type)] as const);
  const environment = environmentWith([], Object.fromEntries(variables));
  const tree = readText(each.expr, environment);
  if (!tree.ok) return each.error ? null : `not read: ${tree.error.problem}`;
  const checked = each.unchecked ? null : typeOfTree(tree.value, environment);
  if (checked && !checked.ok) return `not checked: ${checked.error.problem}`;
  if (each.type && checked && plain(checked.value) !== plain(typeName(each.type))) return `has type ${checked.value}`;
  return each.checkOnly ? null : differenceOf(each, tree.value);
}

function differenceOf({ bindings, error, value }: Case, tree: Tree): string | null {
  const names = Object.entries(bindings ?? {}).map(([name, bound]) => [name, readValue(bound.value)] as const);
  const answer = evaluate(tree, { meter: new Meter(), given: new Map(names), inner: null });
  const shown = answer instanceof Fault ? "fault" : show(answer);
  return shown === (error ? "fault" : show(readValue(value ?? {}))) ? null : `gave ${shown}`;
}

function plain(type: string): string {
  return type
    .replace(/null_type/g, "null")
    .replace(/list<(dyn|[A-Z])>/g, "list")
    .replace(/map<(dyn|[A-Z]), (dyn|[A-Z])>/g, "map");
}

const SCALARS: Readonly<Record<string, string>> = {
  INT64: "int",
  UINT64: "uint",
  BOOL: "bool",
  STRING: "string",
  BYTES: "bytes",
  DOUBLE: "double",
  TIMESTAMP: "google.protobuf.Timestamp",
  DURATION: "google.protobuf.Duration",
};

function typeName(type: WrittenType | undefined): string {
  if (type?.listType) return `list<${typeName(type.listType.elemType)}>`;
  if (type?.mapType) return `map<${typeName(type.mapType.keyType)}, ${typeName(type.mapType.valueType)}>`;
  if (type?.null === null) return "null";
  if (type?.type) return "type";
  return SCALARS[type?.primitive ?? type?.wellKnown ?? ""] ?? "dyn";
}

function readValue(written: Written): Value {
  const [kind = "nullValue", content] = Object.entries(written)[0] ?? [];
  switch (kind) {
    case "int64Value":
      return BigInt(String(content));
    case "uint64Value":
      return new Uint(BigInt(String(content)));
    case "doubleValue":
      return typeof content === "number" ? content : Number(String(content).replace("inf", "Infinity"));
    case "bytesValue":
      return Uint8Array.from(atob(String(content)), (letter) => letter.charCodeAt(0));
    case "typeValue":
      return new TypeName(String(content));
    case "listValue":
      return List.of(((content as { values?: Written[] }).values ?? []).map(readValue));
    case "mapValue": {
      const { entries = [] } = content as { entries?: { key: Written; value: Written }[] };
      return Dict.of(entries.map((entry) => [readValue(entry.key) as Key, readValue(entry.value)]));
    }
    case "objectValue":
      return new TypeName(`${(content as { "@type": string })["@type"]} ${(content as { value: string }).value}`);
    default:
      return content as null | string | boolean;
  }
}

/** One text for one value and its type, so that 1 and 1.0 differ, NaN is itself, and the order of keys does not matter. */
function show(value: Outcome): string {
  if (value instanceof Fault) return value.code;
  if (value instanceof List) return `[${Array.from({ length: value.size }, (_, at) => show(value.at(at))).join(", ")}]`;
  if (value instanceof Dict)
    return `{${value.keys
      .map((key) => `${show(key)}: ${show(value.get(key) ?? null)}`)
      .sort()
      .join(", ")}}`;
  if (value instanceof Uint) return `${value.value}u`;
  if (value instanceof TypeName) return `type ${value.name}`;
  if (value !== null && typeof value === "object" && "nanos" in value) return `${typeOf(value)} ${value.nanos}`;
  if (value instanceof Uint8Array) return `b[${value.join(" ")}]`;
  if (typeof value === "number") return `double ${Object.is(value, -0) ? "-0" : value}`;
  return `${typeOf(value)} ${value}`;
}

const published = cases as unknown as readonly Case[];
const skipped = new Map(skips.map(({ id, reason }) => [id, reason]));

test("[E6] the published cases of CEL that need no protobuf pass, but for a committed list that may only shrink", () => {
  const outcomes = new Map(published.map((each) => [each.id, runCase(each)]));
  const failed = [...outcomes].filter(([id, problem]) => problem !== null && !skipped.has(id));
  expect(failed).toEqual([]);
  const passedAfterAll = [...skipped.keys()].filter((id) => outcomes.get(id) === null);
  expect(passedAfterAll).toEqual([]);
});

test("[E6] at least 95 of 100 published cases pass, and every skipped one exists and says why", () => {
  expect(published.length).toBe(1_106);
  expect(skips.length / published.length).toBeLessThanOrEqual(0.05);
  expect(skipped.size).toBe(skips.length);
  const ids = new Set(published.map(({ id }) => id));
  expect(skips.filter(({ id, reason }) => !ids.has(id) || reason.length < 20)).toEqual([]);
});
