import type { Json } from "@/flows/basics/json";
import { getIn, variantOf } from "./change";
import type { Shape } from "./shape";

export type ShapeAt = { shape: Shape; path: readonly string[] };

/** Every place of a value where the form has a control now, from the outside in. */
export function placesOf(shape: Shape, value: Json | undefined, path: readonly string[] = []): ShapeAt[] {
  const own = { shape, path };
  const inside = (part: Shape, name: string) => placesOf(part, getIn(value, [name]), [...path, name]);
  switch (shape.as) {
    case "object":
      return shape.fields.flatMap((field) => inside(field.shape, field.name));
    case "list":
      return [own, ...(Array.isArray(value) ? value.flatMap((_, place) => inside(shape.item, String(place))) : [])];
    case "record":
      return [own, ...Object.keys((value ?? {}) as object).flatMap((name) => inside(shape.item, name))];
    case "variants": {
      const variant = variantOf(shape, value);
      return [own, ...(variant ? placesOf(variant.shape, value, path) : [])];
    }
    default:
      return [own];
  }
}

/** Whether what the compiler says of a field is said at a control of the form. */
export function isSaidInForm(shape: Shape, value: Json | undefined, field: string): boolean {
  return placesOf(shape, value).some(({ shape: part, path }) => {
    const at = path.join(".");
    return at === field || (isDeep(part) && field.startsWith(`${at}.`));
  });
}

/** Whether a control speaks for all that is in its value as well. */
export function isDeep(shape: Shape): boolean {
  return shape.as === "whole" || shape.as === "flags" || shape.as === "unknown";
}
