import { Composer, CST, type Document, Lexer, Parser } from "yaml";
import { err, ok, type Result } from "@/flows/basics/result";
import { measure } from "@/flows/types/measure";

export type DocumentError = { code: "document_unreadable"; problem: string };

const MOST_BYTES = 1024 * 1024;
const LIMITS = { values: 200_000, depth: 200, characters: 4 * 1024 * 1024 };
const MOST_ALIASES = 100;
const MOST_DIRECTIVES = 10;

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
const READING = { schema: "core", merge: false, uniqueKeys: false, logLevel: "silent" } as const;

/**
 * The composer calls itself for each level, and at the end of the stack it can take the process with it: no deep document
 * ever comes to it. Nor does one with a fault that shows before.
 */
function fromYaml(text: string): unknown {
  const parser = new Parser();
  const composer = new Composer(READING);
  Reflect.set(composer, "onError", firstFault); // else it keeps every fault of a text that is nothing else
  const documents: Document[] = [];
  const tokens: CST.Token[] = [];
  for (const lexeme of shallow(text)) tokens.push(...parser.next(lexeme));
  tokens.push(...parser.end());
  const fault = tokens.find(({ type }) => type === "error");
  if (fault) throw new Error(`It is no YAML at the character ${fault.offset}.`);
  if (tokens.filter(({ type }) => type === "document").length > 1) throw new Error("It is several documents.");
  for (const token of tokens) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  const [document] = documents;
  const [problem] = document?.errors ?? [];
  if (problem) throw problem;
  return document?.toJS({ maxAliasCount: MOST_ALIASES });
}

/** What a composer tells each fault and each warning to. */
function firstFault(...[, , message, isWarning]: unknown[]): void {
  if (!isWarning) throw new Error(String(message));
}

/** The words of a text, up to the one that nests deeper than is read. Errors: throws at that one. */
function* shallow(text: string): Generator<string> {
  const at: Place = { levels: [], flows: 0, directives: 0, column: 0, isFirst: true };
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    enter(at, type);
    const problem = problemAt(at, type);
    if (problem !== null) throw new Error(problem);
    yield lexeme;
    const line = lexeme.lastIndexOf("\n");
    at.column = line < 0 ? at.column + lexeme.length : lexeme.length - line - 1;
    at.isFirst = line >= 0 || (at.isFirst && BLANK.has(type));
  }
}

type Type = CST.TokenType | null;
/** `levels` are the columns of the blocks that are open, `flows` how many brackets are. `isFirst`: nothing but space stands before it in its line. */
type Place = { levels: number[]; flows: number; directives: number; column: number; isFirst: boolean };

const STEP: ReadonlyMap<Type, number> = new Map([
  ["flow-map-start", 1],
  ["flow-seq-start", 1],
  ["flow-map-end", -1],
  ["flow-seq-end", -1],
]);
const INDICATORS: ReadonlySet<Type> = new Set(["seq-item-ind", "explicit-key-ind", "map-value-ind"]);
const BLANK: ReadonlySet<Type> = new Set(["space", "newline", "comment"]);

function enter(at: Place, type: Type): void {
  at.flows += STEP.get(type) ?? 0;
  if (type === "directive-line") at.directives += 1;
  if (at.flows > 0 || !(INDICATORS.has(type) || (at.isFirst && !BLANK.has(type)))) return;
  while ((at.levels.at(-1) ?? -1) >= at.column) at.levels.pop();
  at.levels.push(at.column);
}

function problemAt({ flows, levels, directives }: Place, type: Type): string | null {
  if (flows < 0 || type === "flow-error-end") return "It closes what was not opened.";
  if (levels.length + flows > LIMITS.depth) return "It nests too deep.";
  return directives > MOST_DIRECTIVES ? "It has too many directives." : null;
}

function unreadable(problem: string): Result<never, DocumentError> {
  return err({ code: "document_unreadable", problem });
}
