import { validate as judge, type ValidationResult } from "@cfworker/json-schema";
import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import type { JsonSchema } from "./json-schema";
import { measure } from "./measure";
import { type ReadSchema, readSchema } from "./read-schema";

/** Where a value breaks its schema (a JSON pointer, "" for the whole) and how. */
export type Misfit = { at: string; problem: string };

/** Questions that one validation may ask: a second of work at the very most. */
const MOST_QUESTIONS = 50_000_000;
const LIMITS = { values: MOST_QUESTIONS, depth: 1_000, characters: 100_000_000 };

/**
 * Holds a value against a JSON Schema 2020-12. The library interprets; no code is generated. A schema that
 * `checkSchema` refuses fits nothing, and so does a value that would take too long. [T1]
 */
export function validate(schema: JsonSchema, value: Json): Result<Json, Misfit> {
  const read = readSchema(schema);
  if (!read.ok) return err({ at: "", problem: `its schema cannot be used: ${read.error[0]?.code}` });
  const size = measure(value, LIMITS);
  if (!size.ok && size.fault === "not_json") return err({ at: "", problem: "is not JSON" });
  if (!size.ok || size.values * read.value.cost > MOST_QUESTIONS)
    return err({ at: "", problem: "is too large to be checked" });
  const { valid, errors } = ask(read.value, value);
  if (valid) return ok(value);
  const deepest = errors.at(-1);
  return err({
    at: (deepest?.instanceLocation ?? "#").replace(/^#/, ""),
    problem: deepest?.error ?? "does not fit its schema",
  });
}

/**
 * The library hands its list of complaints on as arguments, and a hundred thousand of them overflow the stack. Only a
 * value with complaints can do that, so the overflow says that it does not fit.
 */
function ask(read: ReadSchema, value: Json): ValidationResult {
  const { schema, lookup } = read.plain();
  try {
    return judge(value, schema, "2020-12", lookup);
  } catch (thrown) {
    if (thrown instanceof RangeError) return { valid: false, errors: [] };
    throw thrown;
  }
}
