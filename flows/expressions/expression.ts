import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { unreachable } from "../basics/unreachable";
import { formatDouble } from "./conversions";
import { nestingOf, stepsOf } from "./cost";
import type { ExpressionEnvironment } from "./environment";
import { evaluate } from "./evaluate";
import { jsonOfValue, valueOfJson } from "./json-values";
import { childrenOf, type Place, readText, type Tree, typeOfTree } from "./library";
import { MAX_STEPS, Meter } from "./meter";
import { patternOf } from "./pattern";
import { formatDuration, formatTimestamp } from "./time";
import { Duration, Fault, type FaultCode, Timestamp, Uint, type Value } from "./values";

/** What a place needs of its expression. An amount is in microcredits or another smallest unit. */
export type Answers = { condition: boolean; amount: bigint; json: Json; text: string };
export type Purpose = keyof Answers;

/** Why an expression is not accepted. `problem` is a sentence for the person who typed it; `place` is where in the text. */
export type ExpressionFault = {
  code:
    | "expression_empty"
    | "expression_invalid"
    | "expression_too_long"
    | "expression_too_deep"
    | "expression_too_costly";
  problem: string;
  place: Place | null;
};

/** Why an accepted expression had no answer for these values. */
export type ExpressionFailure = { code: FaultCode | "answer_invalid"; problem: string; steps: number };

/** A checked expression. `type` is CEL's name for what it gives, `cost` the most steps by the bounds of its schemas. */
export type Expression<P extends Purpose = Purpose> = {
  readonly purpose: P;
  readonly text: string;
  readonly type: string;
  readonly cost: number;
  readonly tree: Tree;
  readonly environment: ExpressionEnvironment;
};

const MAX_LENGTH = 4_000;
const MAX_NESTED = 2;

const FITTING: Readonly<Record<Purpose, readonly string[]>> = {
  condition: ["bool"],
  amount: ["int", "uint"],
  text: ["string", "int", "uint", "double", "bool", "google.protobuf.Timestamp", "google.protobuf.Duration"],
  json: [],
};
const NEEDED: Readonly<Record<Purpose, string>> = {
  condition: "A condition answers yes or no",
  amount: "An amount is a whole number",
  text: "Only texts, numbers, yes or no and times can stand in a text",
  json: "A result is something that JSON can say",
};

/**
 * Checks an expression before anything runs: its grammar, its types against the schemas of the environment, what it gives
 * against what its place needs, how deep it nests and what it can cost. An expression that is accepted ends, whatever
 * the values are. [E2] [E3]
 */
export function compileExpression<P extends Purpose>(
  text: string,
  purpose: P,
  environment: ExpressionEnvironment,
): Result<Expression<P>, ExpressionFault> {
  if (text.trim() === "") return refuse("expression_empty", "Write an expression.");
  if (text.length > MAX_LENGTH)
    return refuse("expression_too_long", `An expression has at most ${MAX_LENGTH} characters.`);
  const read = readText(text, environment.library);
  if (!read.ok) return refuse("expression_invalid", read.error.problem, read.error.place);
  const tree = read.value;
  if (nestingOf(tree) > MAX_NESTED)
    return refuse("expression_too_deep", "all, exists, map and filter can stand inside one another only once.");
  const checked = typeOfTree(tree, environment.library);
  if (!checked.ok) return refuse("expression_invalid", checked.error.problem, checked.error.place);
  const type = checked.value;
  if (!fits(type, purpose)) return refuse("expression_invalid", `${NEEDED[purpose]}; this one gives ${type}.`);
  const wrong = wrongPattern(tree);
  if (wrong) return refuse("expression_invalid", wrong.problem, wrong.place);
  const cost = stepsOf(tree, environment.schemas);
  if (!(cost <= MAX_STEPS))
    return refuse(
      "expression_too_costly",
      `This takes up to ${cost} steps; ${MAX_STEPS} is the limit. Bound the lists and texts that it reads.`,
    );
  return ok({ purpose, text, type, cost, tree, environment });
}

/**
 * Works out an accepted expression for values. Never throws, never waits and never reads more than MAX_STEPS worth: what
 * it gives is of the type that its purpose promises, or a failure. `steps` is what it took. [E2] [E3]
 */
export function evaluateExpression<P extends Purpose>(
  { purpose, tree, environment }: Expression<P>,
  values: Readonly<Record<string, Json>>,
): Result<{ value: Answers[P]; steps: number }, ExpressionFailure> {
  const meter = new Meter();
  const given = new Map<string, Value>();
  for (const [name, schema] of environment.schemas)
    if (Object.hasOwn(values, name)) given.set(name, valueOfJson(values[name] ?? null, schema));
  const value = evaluate(tree, { meter, given, inner: null });
  if (value instanceof Fault) return fail(value, meter);
  const answer = answerFor(purpose, value, meter);
  return answer.ok ? ok({ value: answer.value as Answers[P], steps: meter.used }) : fail(answer.error, meter);
}

function refuse(code: ExpressionFault["code"], problem: string, place: Place | null = null) {
  return err({ code, problem, place });
}

function fail({ code, problem }: { code: ExpressionFailure["code"]; problem: string }, meter: Meter) {
  return err({ code, problem, steps: meter.used });
}

function fits(type: string, purpose: Purpose): boolean {
  if (type === "dyn" || FITTING[purpose].includes(type)) return true;
  return purpose === "json" && !/(?<![\w.])(bytes|type)(?![\w.])|Namespace/.test(type);
}

type Answer = Result<Answers[Purpose], { code: ExpressionFailure["code"]; problem: string }>;

/** Where the checker knew no type (dyn), what came out is looked at here. */
function answerFor(purpose: Purpose, value: Value, meter: Meter): Answer {
  switch (purpose) {
    case "condition":
      return typeof value === "boolean" ? ok(value) : unfit("The condition gave neither yes nor no.");
    case "amount":
      return amountOf(value);
    case "text":
      return textOf(value);
    case "json":
      return jsonOfValue(value, meter);
    default:
      return unreachable(purpose);
  }
}

function amountOf(value: Value): Answer {
  const whole = value instanceof Uint ? value.value : value;
  if (typeof whole !== "bigint") return unfit("The amount is no whole number.");
  return whole >= 0n ? ok(whole) : unfit("The amount is below zero.");
}

function textOf(value: Value): Answer {
  if (typeof value === "string") return ok(value);
  if (typeof value === "boolean" || typeof value === "bigint") return ok(String(value));
  if (typeof value === "number") return ok(formatDouble(value));
  if (value instanceof Uint) return ok(String(value.value));
  if (value instanceof Timestamp) return ok(formatTimestamp(value));
  return value instanceof Duration ? ok(formatDuration(value)) : unfit("This value has no text.");
}

function unfit(problem: string) {
  return err({ code: "answer_invalid", problem } as const);
}

/** A literal pattern is made while checking, so that its faults show before a run. */
function wrongPattern(node: Tree): { problem: string; place: Place } | null {
  const pattern = node.op === "rcall" ? node.args[2][0] : node.op === "call" ? node.args[1][1] : undefined;
  const isMatch = (node.op === "rcall" || node.op === "call") && node.args[0] === "matches";
  if (isMatch && pattern?.op === "value" && typeof pattern.args === "string") {
    const made = patternOf(pattern.args);
    if (made instanceof Fault) return { problem: made.problem, place: { from: pattern.start, to: pattern.end } };
  }
  for (const child of childrenOf(node)) {
    const wrong = wrongPattern(child);
    if (wrong) return wrong;
  }
  return null;
}
