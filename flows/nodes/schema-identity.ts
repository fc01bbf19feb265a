import { canonicalJson } from "../plan/canonical";
import type { JsonSchema } from "../types/json-schema";
import { Kept } from "./kept";

const MOST = 20_000;
const byObject = new WeakMap<object, string>();
const byText = new Kept<string>(MOST);
let given = 0;

/** A short name of what a schema says: the same for schemas that say the same, and never given to another. */
export function identityOf(schema: JsonSchema): string {
  if (typeof schema === "boolean") return String(schema);
  const known = byObject.get(schema);
  if (known !== undefined) return known;
  const identity = byText.get(canonicalJson(schema), () => `s${given++}`);
  byObject.set(schema, identity);
  return identity;
}

const made = new Kept<JsonSchema>(MOST);

/** A schema that is made of others, made once: what is known of a schema is kept by its object. */
export function madeOf(
  parts: readonly JsonSchema[],
  { how, make }: { how: string; make: () => JsonSchema },
): JsonSchema {
  return made.get(`${how} ${parts.map(identityOf).join(" ")}`, make);
}
