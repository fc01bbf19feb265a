import { environmentWith } from "./library";
import { asSchema, declared, docOf, type Field, type Schema, type Types, typeOfSchema } from "./schema";

/** What expressions in one place may name. Made once for a place, used for every expression there. */
export type ExpressionEnvironment = {
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly variables: readonly Field[];
  readonly types: Types;
  readonly library: ReturnType<typeof environmentWith>;
};

// What the language keeps, and what would hide a type, a function or a namespace.
export const KEPT_WORDS: ReadonlySet<string> = new Set(
  (
    "as break const continue else false for function if import in let loop namespace null package return true var void " +
    "while __proto__ prototype constructor bool bytes cel double duration dyn google has int list map matches null_type " +
    "optional size string timestamp type uint"
  ).split(" "),
);

export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) && !KEPT_WORDS.has(name);
}

/**
 * Declares variables, each with the JSON Schema of the port that its value comes from. Names that cannot be variables are
 * left out: an expression that uses one is refused as it stands, with "Unknown variable". [E2]
 */
export function environmentOf(schemas: Readonly<Record<string, Schema>>): ExpressionEnvironment {
  const named = Object.entries(schemas)
    .filter(([name]) => isVariableName(name))
    .map(([name, schema]) => [name, asSchema(schema)] as const);
  const types: Types = new Map();
  const variables = named.map(([name, schema]) => ({
    name,
    type: typeOfSchema(schema, `studio.${name}`, types),
    doc: docOf(schema),
  }));
  const library = environmentWith(declared(types), Object.fromEntries(variables.map(({ name, type }) => [name, type])));
  return { schemas: new Map(named), variables, types, library };
}
