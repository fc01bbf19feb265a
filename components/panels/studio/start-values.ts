import type { Json } from "@/flows/basics/json";
import type { ObjectSchema } from "@/flows/types/agent-manifest";

/** What a form shows first: the defaults. */
export function startValues({ properties }: Pick<ObjectSchema, "properties">): Record<string, Json> {
  const filled = Object.entries(properties).filter(([, property]) => property.default !== undefined);
  return Object.fromEntries(filled.map(([name, property]) => [name, property.default as Json]));
}
