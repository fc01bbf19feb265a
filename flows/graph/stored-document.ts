import type { Json } from "../basics/json";
import { FlowDocument } from "./graph";
import { upToDate } from "./migrate";

/**
 * A document that we stored ourselves, in whatever version it was then.
 * Errors: throws on anything else, since only documents that were held against the schema are stored.
 */
export function storedDocument(stored: unknown): FlowDocument {
  return FlowDocument.parse(upToDate(stored as Json));
}
