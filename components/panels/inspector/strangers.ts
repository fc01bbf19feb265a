import type { Json } from "@/flows/basics/json";
import { variantOf } from "./change";
import type { Shape } from "./shape";

/** The names in settings that their shape does not have. */
export function strangersIn(shape: Shape, settings: Readonly<Record<string, Json>>): string[] {
  const known = new Set(namesOf(shape, settings));
  return known.size === 0 && shape.as !== "object" ? [] : Object.keys(settings).filter((name) => !known.has(name));
}

/** Where nothing says which variant it is, every name of any of them is known. */
function namesOf(shape: Shape, settings: Json): string[] {
  if (shape.as === "object") return shape.fields.map(({ name }) => name);
  if (shape.as !== "variants") return [];
  const chosen = variantOf(shape, settings);
  const variants = chosen ? [chosen] : shape.variants;
  return [...(shape.by === null ? [] : [shape.by]), ...variants.flatMap((each) => namesOf(each.shape, settings))];
}
