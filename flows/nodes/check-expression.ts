import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { type ExpressionEnvironment, environmentOf } from "../expressions/environment";
import { compileExpression, evaluateExpression } from "../expressions/expression";
import { namesReadBy } from "../expressions/names-read";
import { schemaOfResult } from "../expressions/schema-of-result";
import { compileTemplate } from "../expressions/template";
import type { Reads } from "../plan/instructions";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { labelsOf } from "../types/labels";
import { Kept } from "./kept";
import type { LowerError, Surroundings, Variables, Written } from "./kind";
import { type Personal, personalIfAny } from "./personal";
import { identityOf } from "./schema-identity";

/**
 * What is known of an expression that was accepted: CEL's name for its type, the schema of what it gives, and what it
 * always gives where it reads nothing.
 */
export type Checked = { type: string; gives: JsonSchema; constant: Json | bigint | null };

/**
 * Checks the expressions of a node against what is wired to it, and reports every fault at once. `reads` names the schemas
 * of what they read, as far as somebody knows them: with these the run sees the same types. [N3] [N4]
 */
export function checkExpressions(
  around: Surroundings,
  variables: Variables,
  written: readonly Written[],
): Result<{ reads: Reads; checked: readonly Checked[] }, LowerError[]> {
  around.checking?.({ variables, written });
  const read = new Set(written.flatMap((each) => namesIn(each).filter((name) => variables.has(name))));
  const seen = new Map([...variables].map(([name, schema]) => [name, read.has(name) ? schema : true]));
  const place = placeOf(seen);
  const answers = written.map((each) => ({ each, answer: checkAt(place, each) }));
  const faults = answers.flatMap(({ each, answer }) => [
    ...secretsReadBy(each, place),
    ...(answer.ok ? [] : answer.error.map((found) => asFault(found, each))),
  ]);
  if (faults.length > 0) return err(faults);
  const reads = [...read].sort().flatMap((name) => {
    const schema = seen.get(name) ?? true;
    return isRecord(schema) && Object.keys(schema).length > 0 ? [[name, around.schema(schema)] as const] : [];
  });
  const checked = answers.flatMap(({ answer }) => (answer.ok ? [answer.value] : []));
  return ok({ reads: Object.fromEntries(reads), checked });
}

/** What comes in at these inputs, as variables. What is not wired yet is a fault of its own, so here it is anything. */
export function variablesFrom({ wiredInputs }: Surroundings, names: Iterable<string>): Map<string, JsonSchema> {
  return new Map([...names].map((name) => [name, wiredInputs.get(name) ?? true]));
}

/** The variables that an expression may read: none that may hold a secret. [N6] */
export function readable(variables: Variables): Variables {
  return new Map([...variables].filter(([, schema]) => !mayBeSecret(schema)));
}

/** What expressions over these variables may name, made once for as long as they are the same. */
export function environmentFor(variables: Variables): ExpressionEnvironment {
  return placeOf(variables).environment;
}

function mayBeSecret(schema: JsonSchema): boolean {
  return labelsOf(schema).some((label) => label === "secret" || label === "unknown");
}

type Found = { problem: string; place: { from: number; to: number } | null };
type Place = {
  environment: ExpressionEnvironment;
  personal: Personal;
  secret: ReadonlySet<string>;
  checked: Kept<Result<Checked, Found[]>>;
};

const MOST_PLACES = 4_000;
const MOST_TEXTS = 50;
const places = new Kept<Place>(MOST_PLACES);
const names = new Kept<readonly string[]>(MOST_PLACES);

function namesIn({ text, as }: Written): readonly string[] {
  const form = as === "template" ? "template" : "expression";
  return names.get(`${form} ${text}`, () => [...namesReadBy(text, form)]);
}

/** In the order of the names, as the run declares them: types that are cut short must be so in both. */
function placeOf(variables: Variables): Place {
  const sorted = [...variables].sort(([a], [b]) => (a < b ? -1 : 1));
  const key = sorted.map(([name, schema]) => `${name} ${identityOf(schema)}`).join("\n");
  return places.get(key, () => {
    const environment = environmentOf(Object.fromEntries(sorted));
    const named = (is: (schema: JsonSchema) => boolean) =>
      new Set(sorted.filter(([, schema]) => is(schema)).map(([name]) => name));
    const personal = named((schema) => labelsOf(schema).includes("personal"));
    const secret = named(mayBeSecret);
    return { environment, personal, secret, checked: new Kept(MOST_TEXTS) };
  });
}

function checkAt(place: Place, written: Written): Result<Checked, Found[]> {
  return place.checked.get(`${written.as} ${written.text}`, () => check(place, written));
}

function check({ environment, personal }: Place, written: Written): Result<Checked, Found[]> {
  const { text, as } = written;
  if (as === "template") {
    const made = compileTemplate(text, environment);
    return made.ok ? ok({ type: "string", gives: { type: "string" }, constant: null }) : err(made.error);
  }
  const made = compileExpression(text, as, environment);
  if (!made.ok) return err([made.error]);
  const read = namesIn(written);
  const gives = personalIfAny(schemaOfResult(made.value), read, personal);
  const { type } = made.value;
  if (read.length > 0) return ok({ type, gives, constant: null });
  const always = evaluateExpression(made.value, {});
  if (!always.ok) return err([{ problem: `This never has an answer: ${always.error.problem}`, place: null }]);
  return ok({ type, gives, constant: always.value.value });
}

/** What an expression reads is no secret any longer, so it must not read one, nor what nobody knows the label of. */
function secretsReadBy(written: Written, { secret }: Place): LowerError[] {
  if (secret.size === 0) return [];
  const read = namesIn(written).filter((name) => secret.has(name));
  return read.map((name) => {
    const problem = `${name} may hold a secret, and a secret can only go into an input that is declared secret.`;
    return asFault({ problem, place: null }, written);
  });
}

function asFault({ problem, place }: Found, { as, field }: Written): LowerError {
  const code = as === "condition" ? "condition_invalid" : "expression_invalid";
  return { code, problem, field, ...(place ? { place } : {}) };
}
