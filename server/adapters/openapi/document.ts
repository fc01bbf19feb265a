import { parseDocument } from "yaml";
import { err, ok, type Result } from "@/flows/basics/result";
import { measure } from "@/flows/types/measure";

export type DocumentError = { code: "document_unreadable"; problem: string };

const MOST_BYTES = 1024 * 1024;
const LIMITS = { values: 200_000, depth: 200, characters: 4 * 1024 * 1024 };
const MOST_ALIASES = 100;

/** JSON or YAML as plain values. Nothing is fetched, and nothing that repeats itself grows beyond the limits. */
export function readDocument(text: string): Result<unknown, DocumentError> {
  if (Buffer.byteLength(text) > MOST_BYTES) return unreadable("It has more than 1 MB.");
  try {
    const plain = text.trimStart().startsWith("{") ? JSON.parse(text) : fromYaml(text);
    if (!measure(plain, LIMITS).ok) return unreadable("It is no plain data, or too much of it.");
    return ok(plain);
  } catch (problem) {
    return unreadable(problem instanceof Error ? problem.message.slice(0, 200) : "It cannot be read.");
  }
}

/** Keys are not held against one another: that would take the square of their number. */
function fromYaml(text: string): unknown {
  const document = parseDocument(text, { schema: "core", merge: false, uniqueKeys: false, logLevel: "silent" });
  const [fault] = document.errors;
  if (fault) throw fault;
  return document.toJS({ maxAliasCount: MOST_ALIASES });
}

function unreadable(problem: string): Result<never, DocumentError> {
  return err({ code: "document_unreadable", problem });
}
