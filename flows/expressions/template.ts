import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import type { ExpressionEnvironment } from "./environment";
import {
  compileExpression,
  type Expression,
  type ExpressionFailure,
  type ExpressionFault,
  evaluateExpression,
} from "./expression";
import { MAX_STEPS } from "./meter";

/** A text with expressions in it, as in "Dear {{ person.name }}". */
export type Template = { readonly pieces: readonly (string | Expression<"text">)[]; readonly cost: number };

export type TemplateFault =
  | ExpressionFault
  | { code: "template_open" | "template_too_long" | "template_too_costly"; problem: string; place: null };

const MAX_LENGTH = 20_000;
const MAX_EXPRESSIONS = 50;
const MAX_TEXT = 200_000;

/** Checks every expression of a template and reports every fault, each at its place in the whole text. [E8] */
export function compileTemplate(text: string, environment: ExpressionEnvironment): Result<Template, TemplateFault[]> {
  if (text.length > MAX_LENGTH)
    return err([{ code: "template_too_long", problem: `A text has at most ${MAX_LENGTH} characters.`, place: null }]);
  const cut = piecesOf(text);
  if (!cut) return err([{ code: "template_open", problem: "A {{ has no }} after it.", place: null }]);
  if (cut.length > 2 * MAX_EXPRESSIONS)
    return err([
      { code: "template_too_costly", problem: `A text has at most ${MAX_EXPRESSIONS} expressions.`, place: null },
    ]);

  const faults: TemplateFault[] = [];
  const pieces: (string | Expression<"text">)[] = [];
  for (const piece of cut) {
    if (piece.kind === "text") {
      pieces.push(piece.text);
      continue;
    }
    const compiled = compileExpression(piece.text, "text", environment);
    if (compiled.ok) pieces.push(compiled.value);
    else faults.push(moved(compiled.error, piece.from, piece.text.length));
  }
  if (faults.length > 0) return err(faults);
  const cost = pieces.reduce((sum, piece) => sum + (typeof piece === "string" ? 0 : piece.cost), 0);
  if (cost > MAX_STEPS)
    return err([
      { code: "template_too_costly", problem: "The expressions take too many steps together.", place: null },
    ]);
  return ok({ pieces, cost });
}

/** The text with every expression replaced by what it gives. What a value says is never read as an expression. [E8] */
export function renderTemplate(
  { pieces }: Template,
  values: Readonly<Record<string, Json>>,
): Result<string, ExpressionFailure> {
  let text = "";
  let steps = 0;
  for (const piece of pieces) {
    const answer = typeof piece === "string" ? ok({ value: piece, steps: 0 }) : evaluateExpression(piece, values);
    if (!answer.ok) return err({ ...answer.error, steps: steps + answer.error.steps });
    steps += answer.value.steps;
    text += answer.value.value;
    if (steps > MAX_STEPS || text.length > MAX_TEXT)
      return err({ code: "steps_exceeded", problem: `The text grows beyond ${MAX_TEXT} characters.`, steps });
  }
  return ok(text);
}

/** The expressions of a template as they are written; null when a brace is left open. */
export function expressionsIn(text: string): string[] | null {
  const pieces = text.length > MAX_LENGTH ? [] : piecesOf(text);
  return pieces?.filter(({ kind }) => kind === "expression").map((piece) => piece.text) ?? null;
}

/** The expression that a place of a template stands in, closed or not, and where it begins; null in the text between. */
export function expressionAt(text: string, offset: number): { text: string; from: number } | null {
  let from = 0;
  while (text.length <= MAX_LENGTH) {
    const open = text.indexOf("{{", from);
    if (open === -1 || open + 2 > offset) return null;
    const close = closeAfter(text, open + 2);
    if (close === null || offset <= close) return { text: text.slice(open + 2, close ?? text.length), from: open + 2 };
    from = close + 2;
  }
  return null;
}

type Piece = { kind: "text" | "expression"; text: string; from: number };

/** Cuts at {{ and }}, but not at braces within a quoted text of an expression. Null when one is left open. */
function piecesOf(text: string): Piece[] | null {
  const pieces: Piece[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf("{{", from);
    const end = open === -1 ? text.length : open;
    if (end > from) pieces.push({ kind: "text", text: text.slice(from, end), from });
    if (open === -1) break;
    const close = closeAfter(text, open + 2);
    if (close === null) return null;
    pieces.push({ kind: "expression", text: text.slice(open + 2, close), from: open + 2 });
    from = close + 2;
  }
  return pieces;
}

function closeAfter(text: string, from: number): number | null {
  let depth = 0;
  for (const { 0: token, index } of text.slice(from).matchAll(TOKENS)) {
    if (token === "{") depth += 1;
    else if (token === "}}" && depth === 0) return from + index;
    else if (token.startsWith("}")) depth = Math.max(0, depth - token.length);
  }
  return null;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\{|\}\}|\}/gs;

function moved(fault: ExpressionFault, by: number, length: number): ExpressionFault {
  const { from, to } = fault.place ?? { from: 0, to: length };
  return { ...fault, place: { from: from + by, to: to + by } };
}
