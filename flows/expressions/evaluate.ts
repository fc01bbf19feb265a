import type { ASTNode } from "@marcbachmann/cel-js";
import { callFunction, MACROS, rangeOf } from "./functions";
import { EXHAUSTED, type Meter } from "./meter";
import { type BinaryOperator, missing, negate, operate } from "./operators";
import { bytesOfLiteral } from "./utf8";
import {
  Dict,
  DURATION,
  Fault,
  type Key,
  keyOf,
  List,
  MAX_INT,
  MAX_UINT,
  type Outcome,
  TIMESTAMP,
  TypeName,
  typeOf,
  Uint,
  type Value,
} from "./values";

/** Where names are looked up: the innermost variable first, then what the expression was given. */
export type Scope = {
  readonly meter: Meter;
  readonly given: ReadonlyMap<string, Value>;
  readonly inner: Frame | null;
};
type Frame = { readonly name: string; readonly value: Value; readonly outer: Frame | null };

const TYPES = new Map(
  ["bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint"].map((name) => [
    name,
    new TypeName(name),
  ]),
);

/**
 * Works out a parsed expression. Only the tree comes from the library: none of its own functions is ever called, so that
 * its backtracking `matches`, its clock and its view of objects cannot be reached. Every node is paid for. [E3]
 */
export function evaluate(node: ASTNode, scope: Scope): Outcome {
  if (!scope.meter.spend(1)) return EXHAUSTED;
  switch (node.op) {
    case "value":
      return node.args instanceof Uint8Array
        ? bytesOfLiteral(node.input.slice(node.start, node.end))
        : literal(node.args);
    case "id":
      return lookUp(node.args, scope);
    case ".":
      return typeAt(node, scope) ?? then(evaluate(node.args[0], scope), (from) => select(from, node.args[1]));
    case "[]":
      return both(node.args, scope, ([from, key]) => index(from, key));
    case "call":
      return call(node.args, scope);
    case "rcall":
      return callMethod(node.args, scope);
    case "list":
      return then(each(node.args, scope), (values) => List.of(values));
    case "map":
      return dict(node.args, scope);
    case "?:":
      return choose(node.args, scope);
    case "||":
      return either(node.args, scope, true);
    case "&&":
      return either(node.args, scope, false);
    case "!_":
      return then(evaluate(node.args, scope), (value) =>
        typeof value === "boolean" ? !value : missing("!", [typeOf(value)]),
      );
    case "-_":
      // 2^63 itself is no int, but with a minus before it, it is one.
      if (node.args.op === "value" && node.args.args === MAX_INT + 1n) return -(MAX_INT + 1n);
      return then(evaluate(node.args, scope), negate);
    case ".?":
    case "[?]":
      return new Fault("overload_missing", "Optional access is not offered.");
    default:
      return both(node.args, scope, (values) => operate(node.op as BinaryOperator, values, scope.meter));
  }
}

function then<T>(found: T | Fault, next: (value: T) => Outcome): Outcome {
  return found instanceof Fault ? found : next(found);
}

function both(
  [left, right]: readonly [ASTNode, ASTNode],
  scope: Scope,
  next: (values: readonly [Value, Value]) => Outcome,
): Outcome {
  return then(evaluate(left, scope), (first) => then(evaluate(right, scope), (second) => next([first, second])));
}

function each(nodes: readonly ASTNode[], scope: Scope): Value[] | Fault {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = evaluate(node, scope);
    if (value instanceof Fault) return value;
    values.push(value);
  }
  return values;
}

type Literal = Exclude<Extract<ASTNode, { op: "value" }>["args"], Uint8Array>;

function literal(value: Literal): Outcome {
  if (typeof value === "bigint" && value > MAX_INT) return new Fault("number_overflow", `${value} is too large.`);
  if (typeof value !== "object" || value === null) return value;
  const { value: whole } = value;
  return whole <= MAX_UINT ? new Uint(whole) : new Fault("number_overflow", `${whole} is too large.`);
}

function lookUp(name: string, { inner, given }: Scope): Outcome {
  for (let frame = inner; frame; frame = frame.outer) if (frame.name === name) return frame.value;
  return given.get(name) ?? (given.has(name) ? null : (TYPES.get(name) ?? unknown(name)));
}

function unknown(name: string): Fault {
  return new Fault("variable_missing", `There is no ${name}.`);
}

/** The two types whose names have points in them. */
function typeAt(node: Extract<ASTNode, { op: "." }>, scope: Scope): TypeName | null {
  const [outer, name] = node.args;
  if (outer.op !== "." || outer.args[1] !== "protobuf") return null;
  const [root] = outer.args;
  if (root.op !== "id" || root.args !== "google" || !(lookUp("google", scope) instanceof Fault)) return null;
  const full = `google.protobuf.${name}`;
  return full === TIMESTAMP || full === DURATION ? new TypeName(full) : null;
}

function select(from: Value, name: string): Outcome {
  return from instanceof Dict ? index(from, name) : missing(`.${name}`, [typeOf(from)]);
}

function index(from: Value, key: Value): Outcome {
  if (from instanceof Dict) {
    const found = from.get(key);
    return found === undefined ? new Fault("key_missing", `There is no ${describe(key)} in it.`) : found;
  }
  const place = keyOf(key);
  if (!(from instanceof List) || !place?.startsWith("n")) return missing("[]", [typeOf(from), typeOf(key)]);
  const at = Number(place.slice(1));
  return at >= 0 && at < from.size
    ? from.at(at)
    : new Fault("argument_invalid", `There is no item ${at} in this list.`);
}

function describe(key: Value): string {
  return typeof key === "string" ? `"${key.slice(0, 60)}"` : typeof key === "bigint" ? String(key) : "such key";
}

function call([name, args]: readonly [string, ASTNode[]], scope: Scope): Outcome {
  const [only] = args;
  if (name === "has" && only && args.length === 1) return has(only, scope);
  return then(each(args, scope), (values) => callFunction({ name, isMethod: false }, values, scope.meter));
}

function has(node: ASTNode, scope: Scope): Outcome {
  if (node.op !== ".") return new Fault("argument_invalid", "has() asks for a field, as in has(value.name).");
  const [from, name] = node.args;
  return then(evaluate(from, scope), (value) =>
    value instanceof Dict ? value.get(name) !== undefined : missing("has()", [typeOf(value)]),
  );
}

function callMethod([name, receiver, args]: readonly [string, ASTNode, ASTNode[]], scope: Scope): Outcome {
  const [variable, body, result] = args;
  const isMacro = MACROS.get(name) === args.length || (name === "map" && args.length === 3);
  if (isMacro && variable?.op === "id" && body)
    return then(evaluate(receiver, scope), (value) => {
      const range = rangeOf(value, scope.meter);
      if (range instanceof Fault) return range;
      const turn = { variable: variable.args, body, ...(result ? { result } : {}) };
      return comprehend(name, { range, ...turn }, scope);
    });
  return then(each([receiver, ...args], scope), (values) =>
    callFunction({ name, isMethod: true }, values, scope.meter),
  );
}

type Comprehension = { range: List; variable: string; body: ASTNode; result?: ASTNode };

function comprehend(name: string, comprehension: Comprehension, scope: Scope): Outcome {
  switch (name) {
    case "all":
      return quantify(comprehension, scope, false);
    case "exists":
      return quantify(comprehension, scope, true);
    case "map":
      return comprehension.result ? gather(comprehension, scope) : mapped(comprehension, scope);
    case "filter":
      return gather(comprehension, scope);
    default:
      return then(gather(comprehension, scope), (kept) => kept instanceof List && kept.size === 1);
  }
}

function within({ variable, range }: Comprehension, place: number, scope: Scope): Scope {
  return { ...scope, inner: { name: variable, value: range.at(place), outer: scope.inner } };
}

/** all is many `&&`, exists many `||`: what decides wins over what broke, and what broke over the rest. */
function quantify(comprehension: Comprehension, scope: Scope, decides: boolean): Outcome {
  let broken: Fault | null = null;
  for (let place = 0; place < comprehension.range.size; place++) {
    const answer = evaluate(comprehension.body, within(comprehension, place, scope));
    if (answer === decides || isFatal(answer)) return answer;
    if (typeof answer !== "boolean") broken ??= noBool(answer);
  }
  return broken ?? !decides;
}

function mapped(comprehension: Comprehension, scope: Scope): Outcome {
  const values: Value[] = [];
  for (let place = 0; place < comprehension.range.size; place++) {
    const value = evaluate(comprehension.body, within(comprehension, place, scope));
    if (value instanceof Fault) return value;
    values.push(value);
  }
  return List.of(values);
}

/** The items that the body keeps, or what the result makes of each. */
function gather(comprehension: Comprehension, scope: Scope): Outcome {
  const kept: Value[] = [];
  for (let place = 0; place < comprehension.range.size; place++) {
    const inside = within(comprehension, place, scope);
    const keep = evaluate(comprehension.body, inside);
    if (typeof keep !== "boolean") return noBool(keep);
    if (!keep) continue;
    const value = comprehension.result ? evaluate(comprehension.result, inside) : comprehension.range.at(place);
    if (value instanceof Fault) return value;
    kept.push(value);
  }
  return List.of(kept);
}

function dict(entries: readonly [ASTNode, ASTNode][], scope: Scope): Outcome {
  const found = new Map<string, readonly [Key, Value]>();
  for (const [keyNode, valueNode] of entries) {
    const key = evaluate(keyNode, scope);
    if (key instanceof Fault) return key;
    const known = typeof key === "number" ? null : keyOf(key);
    if (known === null) return missing("A map", [`a key of type ${typeOf(key)}`]);
    if (found.has(known)) return new Fault("argument_invalid", `The key ${describe(key)} stands there twice.`);
    const value = evaluate(valueNode, scope);
    if (value instanceof Fault) return value;
    found.set(known, [key as Key, value]);
  }
  return Dict.of([...found.values()]);
}

function choose([condition, yes, no]: readonly [ASTNode, ASTNode, ASTNode], scope: Scope): Outcome {
  const met = evaluate(condition, scope);
  return typeof met === "boolean" ? evaluate(met ? yes : no, scope) : noBool(met);
}

function either([left, right]: readonly [ASTNode, ASTNode], scope: Scope, decides: boolean): Outcome {
  const first = evaluate(left, scope);
  if (first === decides || isFatal(first)) return first;
  const second = evaluate(right, scope);
  if (second === decides || isFatal(second)) return second;
  if (typeof first !== "boolean") return noBool(first);
  return typeof second === "boolean" ? second : noBool(second);
}

function isFatal(outcome: Outcome): boolean {
  return outcome === EXHAUSTED;
}

function noBool(outcome: Outcome): Fault {
  return outcome instanceof Fault ? outcome : missing("A condition", [typeOf(outcome)]);
}
