/** What an expression computes with. Lists and dicts are views: a large JSON value costs what is read of it. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Uint
  | Timestamp
  | Duration
  | TypeName
  | List
  | Dict;

/** An error is a value too: `false && broken` is false, so that somebody must be able to look at what broke. */
export type Outcome = Value | Fault;
export type Key = string | boolean | bigint | Uint;

/** Why an evaluation has no value. `problem` is a sentence; `fatal` faults are never absorbed by `&&`, `||`, all, exists. */
export class Fault {
  constructor(
    readonly code: FaultCode,
    readonly problem: string,
  ) {}
}

export type FaultCode =
  | "argument_invalid"
  | "division_by_zero"
  | "key_missing"
  | "number_overflow"
  | "overload_missing"
  | "steps_exceeded"
  | "variable_missing";

export class Uint {
  constructor(readonly value: bigint) {}
}

/** Nanoseconds since 1970-01-01T00:00:00Z. */
export class Timestamp {
  constructor(readonly nanos: bigint) {}
}

export class Duration {
  constructor(readonly nanos: bigint) {}
}

export class TypeName {
  constructor(readonly name: string) {}
}

export class List {
  constructor(
    readonly size: number,
    readonly at: (place: number) => Value,
  ) {}

  static of(values: readonly Value[]): List {
    return new List(values.length, (place) => values[place] as Value);
  }
}

export class Dict {
  #keys: readonly Key[] | null = null;

  constructor(
    private readonly listKeys: () => readonly Key[],
    readonly get: (key: Value) => Value | undefined,
  ) {}

  /** Listed when first asked for, which takes as many steps as there are keys: whoever asks must pay. */
  get keys(): readonly Key[] {
    this.#keys ??= this.listKeys();
    return this.#keys;
  }

  /** Numbers that are equal are one key, whatever their type. */
  static of(entries: readonly (readonly [Key, Value])[]): Dict {
    const found = new Map(entries.map(([key, value]) => [keyOf(key), value]));
    return new Dict(
      () => entries.map(([key]) => key),
      (key) => found.get(keyOf(key)),
    );
  }
}

/** What tells one key from another, or null for a value that can be no key. */
export function keyOf(value: Value): string | null {
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "boolean") return `b${value}`;
  if (typeof value === "bigint") return `n${value}`;
  if (value instanceof Uint) return `n${value.value}`;
  if (typeof value === "number" && Number.isInteger(value)) return `n${BigInt(value)}`;
  return null;
}

export const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);
export const MAX_UINT = 2n ** 64n - 1n;

export function int(value: bigint): bigint | Fault {
  return value >= MIN_INT && value <= MAX_INT ? value : new Fault("number_overflow", "This whole number is too large.");
}

export function uint(value: bigint): Uint | Fault {
  if (value >= 0n && value <= MAX_UINT) return new Uint(value);
  return new Fault("number_overflow", "This number does not fit an unsigned whole number.");
}

export const TIMESTAMP = "google.protobuf.Timestamp";
export const DURATION = "google.protobuf.Duration";

/** The name of a value's type, as expressions write it. */
export function typeOf(value: Value): string {
  if (value === null) return "null_type";
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "double";
    case "string":
      return "string";
    default:
      return typeOfObject(value);
  }
}

function typeOfObject(value: Exclude<Value, null | boolean | bigint | number | string>): string {
  if (value instanceof List) return "list";
  if (value instanceof Dict) return "map";
  if (value instanceof Uint) return "uint";
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof Timestamp) return TIMESTAMP;
  if (value instanceof Duration) return DURATION;
  return "type";
}
