import { type Schema, Validator } from "@cfworker/json-schema";
import type { ObjectSchema } from "../flows/types/agent-manifest";

const SHOWN = 5;

/** Says in one line everything that a value has against its schema, or null when it fits. Interprets, compiles nothing. */
export function schemaCheck(name: string, schema: ObjectSchema): (value: unknown) => string | null {
  const validator = new Validator(schema as Schema, "2020-12", false);
  return (value) => {
    const { valid, errors } = validator.validate(value);
    if (valid) return null;
    // An error of a part is repeated by everything around it ("does not match schema"): keep the parts.
    const parts = errors.filter(({ keyword }) => !["properties", "items", "$ref", "false"].includes(keyword));
    const lines = (parts.length > 0 ? parts : errors).map(
      ({ instanceLocation, error }) => `${name}${instanceLocation.slice(1).replaceAll("/", ".")}: ${error}`,
    );
    const more = lines.length > SHOWN ? ` And ${lines.length - SHOWN} more.` : "";
    return `${lines.slice(0, SHOWN).join(" ")}${more}`;
  };
}
