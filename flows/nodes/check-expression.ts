import { err, ok, type Result } from "../basics/result";
import { type ExpressionEnvironment, environmentOf } from "../expressions/environment";
import { compileExpression, type Purpose } from "../expressions/expression";
import { schemaOfType } from "../expressions/schema-of-type";
import { compileTemplate } from "../expressions/template";
import { canonicalJson } from "../plan/canonical";
import type { Reads } from "../plan/instructions";
import type { JsonSchema } from "../types/json-schema";
import { labelsOf } from "../types/labels";
import type { LowerError, Surroundings } from "./kind";

export type Variables = ReadonlyMap<string, JsonSchema>;
type Wanted = { text: string; as: Purpose | "template"; field: string };
/** `gives` is the schema of what comes out, `names` are the variables that the text could read. */
export type CheckedExpression = { gives: JsonSchema };

/** Checks one expression of a node against what is wired to it. What was checked is kept: compiling asks at every key. */
export function checkExpression(
  variables: Variables,
  { text, as, field }: Wanted,
): Result<CheckedExpression, LowerError[]> {
  const place = placeOf(variables);
  const key = `${as} ${text}`;
  const earlier = place.checked.get(key);
  const checked = earlier ?? check(place.environment, text, as);
  if (!earlier) {
    if (place.checked.size >= MOST_TEXTS) place.checked.clear();
    place.checked.set(key, checked);
  }
  return checked.ok ? checked : err(checked.error.map((problem) => ({ code: "expression_invalid", problem, field })));
}

/**
 * The schemas that the run needs to read the same types as the compiler. A secret can only go into an input that is
 * declared secret, so no expression may see one.
 */
export function readsOf(around: Surroundings, variables: Variables): Reads {
  const known = [...variables].filter(([, schema]) => schema !== true);
  return Object.fromEntries(known.map(([name, schema]) => [name, around.schema(schema)]));
}

/** The inputs whose value is secret, as faults: what an expression reads is no secret any longer. */
export function secretFaults(variables: Variables): LowerError[] {
  return [...variables].flatMap(([name, schema]): LowerError[] => {
    if (schema === true || !labelsOf(schema).includes("secret")) return [];
    const problem = "A secret can only go into an input that is declared secret.";
    return [{ code: "expression_invalid", field: name, problem }];
  });
}

/** What is wired to these inputs, as the variables of an expression. */
export function variablesFrom({ wiredInputs }: Surroundings, names: Iterable<string>): Map<string, JsonSchema> {
  const wired = [...names].flatMap((name) => {
    const schema = wiredInputs.get(name);
    return schema === undefined ? [] : [[name, schema] as const];
  });
  return new Map(wired);
}

type Checked = Result<CheckedExpression, string[]>;
type PlaceOfExpressions = { environment: ExpressionEnvironment; checked: Map<string, Checked> };

const MOST_PLACES = 2_000;
const MOST_TEXTS = 200;
const places = new Map<string, PlaceOfExpressions>();
const texts = new WeakMap<object, string>();

function placeOf(variables: Variables): PlaceOfExpressions {
  const key = [...variables].map(([name, schema]) => `${name} ${textOf(schema)}`).join("\n");
  const earlier = places.get(key);
  if (earlier) return earlier;
  if (places.size >= MOST_PLACES) places.clear();
  const place = { environment: environmentOf(Object.fromEntries(variables)), checked: new Map() };
  places.set(key, place);
  return place;
}

function textOf(schema: JsonSchema): string {
  if (typeof schema === "boolean") return String(schema);
  const earlier = texts.get(schema);
  if (earlier !== undefined) return earlier;
  const text = canonicalJson(schema);
  texts.set(schema, text);
  return text;
}

function check(environment: ExpressionEnvironment, text: string, as: Wanted["as"]): Checked {
  if (as === "template") {
    const made = compileTemplate(text, environment);
    return made.ok ? ok({ gives: { type: "string" } }) : err(made.error.map(({ problem }) => problem));
  }
  const made = compileExpression(text, as, environment);
  return made.ok ? ok({ gives: schemaOfType(made.value.type) }) : err([made.error.problem]);
}
