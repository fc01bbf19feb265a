import { type Schema, Validator } from "@cfworker/json-schema";
import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import type { ObjectSchema } from "./agent-manifest";

/** Where a value breaks its schema (a JSON pointer, "" for the whole) and how. */
export type Misfit = { at: string; problem: string };

const validators = new WeakMap<ObjectSchema, Validator>();

/** Holds a value against a JSON Schema 2020-12. The library interprets; no code is generated. [T1] */
export function validate(schema: ObjectSchema, value: Json): Result<Json, Misfit> {
  const { valid, errors } = validatorOf(schema).validate(value);
  if (valid) return ok(value);
  const deepest = errors.at(-1);
  return err({
    at: (deepest?.instanceLocation ?? "#").replace(/^#/, ""),
    problem: deepest?.error ?? "does not fit its schema",
  });
}

function validatorOf(schema: ObjectSchema): Validator {
  const known = validators.get(schema);
  if (known) return known;
  const made = new Validator(schema as Schema, "2020-12");
  validators.set(schema, made);
  return made;
}
