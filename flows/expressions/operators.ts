import { equal, order } from "./compare";
import { EXHAUSTED, type Meter } from "./meter";
import { duration, timestamp } from "./time";
import {
  Dict,
  DURATION,
  Duration,
  Fault,
  int,
  List,
  type Outcome,
  TIMESTAMP,
  Timestamp,
  typeOf,
  Uint,
  uint,
  type Value,
} from "./values";

export type BinaryOperator = "!=" | "==" | "in" | "+" | "-" | "*" | "/" | "%" | "<" | "<=" | ">" | ">=";

/** Applies one operator to two values. Overflow, division by zero and types without this operator are faults. */
export function operate(operator: BinaryOperator, [left, right]: readonly [Value, Value], meter: Meter): Outcome {
  switch (operator) {
    case "==":
      return equal(left, right, meter);
    case "!=": {
      const same = equal(left, right, meter);
      return same instanceof Fault ? same : !same;
    }
    case "in":
      return contains(right, left, meter);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(operator, order(left, right, meter));
    default:
      return calculate(operator, [left, right], meter);
  }
}

export function negate(value: Value): Outcome {
  if (typeof value === "bigint") return int(-value);
  if (typeof value === "number") return -value;
  return missing("-", [typeOf(value)]);
}

export function missing(operator: string, types: readonly string[]): Fault {
  return new Fault("overload_missing", `${operator} does not take ${types.join(" and ")}.`);
}

function compare(operator: "<" | "<=" | ">" | ">=", found: number | null | Fault): Outcome {
  if (found === null || found instanceof Fault) return found ?? false;
  if (found === 0) return operator.length === 2;
  return found < 0 === (operator[0] === "<");
}

function contains(holder: Value, item: Value, meter: Meter): Outcome {
  if (holder instanceof Dict) return holder.get(item) !== undefined;
  if (!(holder instanceof List)) return missing("in", [typeOf(item), typeOf(holder)]);
  for (let place = 0; place < holder.size; place++) {
    const same = equal(holder.at(place), item, meter);
    if (same !== false) return same;
  }
  return false;
}

type Calculation = "+" | "-" | "*" | "/" | "%";

function calculate(operator: Calculation, [left, right]: readonly [Value, Value], meter: Meter): Outcome {
  if (typeof left === "bigint" && typeof right === "bigint") return whole(operator, left, right, int);
  if (typeof left === "number" && typeof right === "number" && operator !== "%") return double(operator, left, right);
  if (left instanceof Uint && right instanceof Uint) return whole(operator, left.value, right.value, uint);
  if (operator === "+") return add([left, right], meter);
  if (operator === "-") return subtract(left, right);
  return missing(operator, [typeOf(left), typeOf(right)]);
}

// The four are what an arithmetic operator is made of; an object would only rename them.
// biome-ignore lint/complexity/useMaxParams: see above.
function whole(operator: Calculation, a: bigint, b: bigint, bounded: (value: bigint) => Outcome): Outcome {
  if (b === 0n && (operator === "/" || operator === "%")) return new Fault("division_by_zero", "Division by zero.");
  switch (operator) {
    case "+":
      return bounded(a + b);
    case "-":
      return bounded(a - b);
    case "*":
      return bounded(a * b);
    case "/":
      return bounded(a / b);
    case "%":
      return bounded(a % b);
  }
}

function double(operator: Exclude<Calculation, "%">, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
  }
}

function add([left, right]: readonly [Value, Value], meter: Meter): Outcome {
  if (typeof left === "string" && typeof right === "string")
    return meter.read(left.length + right.length) ? left + right : EXHAUSTED;
  if (left instanceof List && right instanceof List) return joinLists(left, right, meter);
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return meter.spend(1 + left.length + right.length) ? Uint8Array.from([...left, ...right]) : EXHAUSTED;
  return addTimes(left, right);
}

function addTimes(left: Value, right: Value): Outcome {
  if (right instanceof Timestamp && left instanceof Duration) return addTimes(right, left);
  if (left instanceof Timestamp && right instanceof Duration) return timestamp(left.nanos + right.nanos);
  if (left instanceof Duration && right instanceof Duration) return duration(left.nanos + right.nanos);
  return missing("+", [typeOf(left), typeOf(right)]);
}

function joinLists(left: List, right: List, meter: Meter): Outcome {
  if (!meter.spend(1 + left.size + right.size)) return EXHAUSTED;
  const items = (list: List) => Array.from({ length: list.size }, (_, place) => list.at(place));
  return List.of([...items(left), ...items(right)]);
}

function subtract(left: Value, right: Value): Outcome {
  const types = `${typeOf(left)} - ${typeOf(right)}`;
  if (!(left instanceof Timestamp || left instanceof Duration)) return missing("-", types.split(" - "));
  if (!(right instanceof Timestamp || right instanceof Duration)) return missing("-", types.split(" - "));
  const nanos = left.nanos - right.nanos;
  if (types === `${TIMESTAMP} - ${DURATION}`) return timestamp(nanos);
  return types === `${DURATION} - ${TIMESTAMP}` ? missing("-", [DURATION, TIMESTAMP]) : duration(nanos);
}
