/**
 * What a value means beyond its shape, declared in a schema as `"x-studio-type": "money"`. Money, secrets and personal
 * data are labels that flow (`flows/types/labels.ts`); a file is a way to draw a port.
 */
export const STUDIO_TYPES = ["money", "secret", "personal", "file"] as const;
export type StudioType = (typeof STUDIO_TYPES)[number];

const STUDIO_TYPE = "x-studio-type";

/** The declared type, or "unknown" for one that this studio does not know, which must then deny. */
export function studioTypeOf(schema: { readonly [keyword: string]: unknown }): StudioType | "unknown" | null {
  if (!Object.hasOwn(schema, STUDIO_TYPE)) return null;
  return STUDIO_TYPES.find((type) => type === schema[STUDIO_TYPE]) ?? "unknown";
}
