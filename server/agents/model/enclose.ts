import { randomBytes } from "node:crypto";

/** Encloses what strangers wrote. `open` and `close` may be named in the task. */
export type Enclosure = { open: string; close: string; around(text: string, attributes?: string): string };

/**
 * A pair of tags made for one call. No text can close what it stands in, because nobody who wrote one knew the tag; so
 * the text goes as it is, and nothing that was cut out of it can leave a tag behind.
 */
export function enclosure(name: string): Enclosure {
  const tag = `${name}-${randomBytes(8).toString("hex")}`;
  const close = `</${tag}>`;
  return { open: `<${tag}>`, close, around: (text, attributes = "") => `<${tag}${attributes}>\n${text}\n${close}` };
}
