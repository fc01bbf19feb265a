import type { Digest } from "../basics/ids";
import type { Json } from "../basics/json";
import { type Money, money } from "../basics/money";
import { err, ok, type Result } from "../basics/result";
import { environmentOf } from "../expressions/environment";
import {
  type Answers,
  compileExpression,
  type Expression,
  type ExpressionFailure,
  evaluateExpression,
  type Purpose,
} from "../expressions/expression";
import { compileTemplate, renderTemplate, type Template } from "../expressions/template";
import { parseTimestamp } from "../expressions/time";
import { Fault } from "../expressions/values";
import { agreementOf } from "../plan/agreement";
import type { Choose, Guard, Instruction, Join, Reads } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import type { JsonSchema } from "../types/json-schema";
import { validate } from "../types/validate";
import { withEdits } from "./edits";
import type { Decision } from "./events";

export type Refusal = { code: string; reason: string };
/** What a step came to, or the object that it made, which is still to be put away. */
export type Decided = Result<Exclude<Decision, { output: Digest }> | { makes: Json }, Refusal>;

type Given = Readonly<Record<string, Json>>;
type Asked = { instruction: Instruction; part: number; given: Given };

/**
 * Works out a step that only looks at values. Pure, bounded and alike wherever it runs: whoever asks twice gets the same
 * answer. Whatever the values are, it ends in an answer or in a typed refusal. [E2] [R18]
 */
export function decide(plan: Plan, { instruction, part, given }: Asked): Decided {
  switch (instruction.op) {
    case "choose":
      return choose(plan, instruction, given);
    case "guard":
      return guard(plan, instruction, given);
    case "compute":
      return compute(plan, instruction, given);
    case "join":
      return ok({ makes: joined(instruction, given) });
    case "wait":
      if (!("expression" in instruction.until)) return refuse("decision_invalid", "Nothing is left to be decided.");
      return waitUntil(evaluated(plan, { ...instruction, text: instruction.until.expression, as: "text" }, given));
    case "pay": {
      if (!("expression" in instruction.amount)) return refuse("decision_invalid", "Nothing is left to be decided.");
      const asked = { ...instruction, text: instruction.amount.expression, as: "amount" } as const;
      const amount = evaluated(plan, asked, given);
      return amount.ok ? ok({ amount: inCurrencyOf(instruction.cap, amount.value) }) : amount;
    }
    case "loop": {
      const met = evaluated(plan, { ...instruction, text: instruction.while, as: "condition" }, given);
      return met.ok ? ok({ met: met.value }) : met;
    }
    case "ask": {
      const edited = withEdits(agreementOf(instruction), given);
      return edited.ok ? ok({ makes: edited.value }) : edited;
    }
    case "map":
      return part === 0 ? count(given.items) : ok({ makes: { results: inRounds(given) } });
    default:
      return refuse("decision_invalid", `There is nothing to decide about a ${instruction.op}.`);
  }
}

function choose(plan: Plan, { cases, otherwise, reads }: Choose, given: Given): Decided {
  for (const { port, when } of cases) {
    const met = evaluated(plan, { reads, text: when, as: "condition" }, given);
    if (!met.ok) return met;
    if (met.value) return ok({ port });
  }
  return otherwise === null ? refuse("no_case", "No case holds for this value.") : ok({ port: otherwise });
}

function guard(plan: Plan, { rule, reads }: Guard, given: Given): Decided {
  const value = given.value ?? null;
  switch (rule.by) {
    case "schema":
      return passes(validate(schemaAt(plan, rule.schema), value).ok);
    case "expression": {
      const met = evaluated(plan, { reads, text: rule.condition, as: "condition" }, given);
      return met.ok ? passes(met.value) : met;
    }
    default:
      return passes(
        !holdsWord(
          value,
          rule.words.map((word) => word.toLowerCase()),
        ),
      );
  }
}

function passes(passed: boolean): Decided {
  return ok({ port: passed ? "passed" : "held" });
}

/** Whether one of the words stands in a text anywhere in the value, however it is spelt in Unicode. */
function holdsWord(value: Json, words: readonly string[]): boolean {
  for (const text of textsIn(value)) {
    const plain = text.normalize("NFKC").toLowerCase();
    if (words.some((word) => plain.includes(word.normalize("NFKC").toLowerCase()))) return true;
  }
  return false;
}

/** Every text in a value, names of fields among them. */
function* textsIn(value: Json): Generator<string> {
  const left: Json[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === "string") yield next;
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next)) yield* Object.keys(next);
    left.push(...Object.values(next));
  }
}

function compute(plan: Plan, { gives, reads }: Extract<Instruction, { op: "compute" }>, given: Given): Decided {
  const made: Record<string, Json> = {};
  for (const [name, text] of Object.entries(gives)) {
    const answer = evaluated(plan, { reads, text, as: "json" }, given);
    if (!answer.ok) return answer;
    made[name] = answer.value;
  }
  return ok({ makes: made });
}

function waitUntil(answer: Result<string, Refusal>): Decided {
  if (!answer.ok) return answer;
  const time = parseTimestamp(answer.value);
  if (time instanceof Fault) return refuse("expression_failed", time.problem);
  return ok({ untilMs: Number(time.nanos / 1_000_000n) });
}

function count(items: Json | undefined): Decided {
  return Array.isArray(items) ? ok({ count: items.length }) : refuse("input_invalid", "What comes in is no list.");
}

/** What the rounds of a map came to, in the order of its items. */
function inRounds(given: Given): Json[] {
  const rounds = Object.entries(given).map(([round, value]) => [Number(round), value] as const);
  return rounds.sort(([a], [b]) => a - b).map(([, value]) => value);
}

function inCurrencyOf({ currency }: Money, amount: bigint): Money {
  return money(currency, amount);
}

/** A text with expressions over what is given, as a model is asked it. [E8] */
export function textOf(
  plan: Plan,
  { text, reads }: { text: string; reads: Reads },
  given: Given,
): Result<string, Refusal> {
  const template = templateOf(plan, { text, reads }, given);
  if (!template.ok) return template;
  const rendered = renderTemplate(template.value, given);
  return rendered.ok ? ok(rendered.value) : failed(rendered.error);
}

const templates = new WeakMap<Reads, Map<string, Template>>();

function templateOf(
  plan: Plan,
  { text, reads }: { text: string; reads: Reads },
  given: Given,
): Result<Template, Refusal> {
  const names = [...new Set([...Object.keys(reads), ...Object.keys(given)])].sort();
  const key = `${names.join(" ")} ${text}`;
  const known = templates.get(reads) ?? new Map<string, Template>();
  templates.set(reads, known);
  const earlier = known.get(key);
  if (earlier) return ok(earlier);
  const made = compileTemplate(text, environmentAt(plan, reads, names));
  if (!made.ok) return refuse("expression_failed", made.error[0]?.problem ?? "The text cannot be read.");
  known.set(key, made.value);
  return made;
}

type Wanted<P extends Purpose> = { reads: Reads; text: string; as: P };

/** Compiling is the dear part, and a plan is run often: what was compiled stays as long as the plan's own object. */
const compiled = new WeakMap<Reads, Map<string, Expression>>();

function evaluated<P extends Purpose>(
  plan: Plan,
  { reads, text, as }: Wanted<P>,
  given: Given,
): Result<Answers[P], Refusal> {
  const expression = expressionOf(plan, { reads, text, as }, given);
  if (!expression.ok) return expression;
  const answer = evaluateExpression(expression.value, given);
  return answer.ok ? ok(answer.value.value) : failed(answer.error);
}

function failed({ code, problem }: ExpressionFailure): Result<never, Refusal> {
  return refuse(code === "steps_exceeded" ? "steps_exceeded" : "expression_failed", problem);
}

function environmentAt(plan: Plan, reads: Reads, names: readonly string[]) {
  const schemas = names.map((name) => [name, reads[name] === undefined ? true : schemaAt(plan, reads[name])] as const);
  return environmentOf(Object.fromEntries(schemas));
}

function expressionOf<P extends Purpose>(
  plan: Plan,
  { reads, text, as }: Wanted<P>,
  given: Given,
): Result<Expression<P>, Refusal> {
  const names = [...new Set([...Object.keys(reads), ...Object.keys(given)])].sort();
  const key = `${as} ${names.join(" ")} ${text}`;
  const known = compiled.get(reads) ?? new Map<string, Expression>();
  compiled.set(reads, known);
  const earlier = known.get(key);
  if (earlier) return ok(earlier as Expression<P>);
  const made = compileExpression(text, as, environmentAt(plan, reads, names));
  if (!made.ok) return refuse("expression_failed", made.error.problem);
  known.set(key, made.value);
  return made;
}

function joined({ ways, only }: Join, given: Asked["given"]): Record<string, Json> {
  const values = ways.flatMap((way) => (Object.hasOwn(given, way) ? [given[way] ?? null] : []));
  const [first = null] = values;
  if (only) return values.length > 0 ? { first } : {};
  return { values, first };
}

/** Errors: RangeError for a schema that the plan does not hold, which is a bug in the compiler. */
export function schemaAt({ schemas }: Plan, digest: Digest): JsonSchema {
  const schema = Object.hasOwn(schemas, digest) ? schemas[digest] : undefined;
  if (schema === undefined) throw new RangeError(`the plan has no schema ${digest}`);
  return schema;
}

function refuse(code: string, reason: string): Result<never, Refusal> {
  return err({ code, reason });
}
