import { environmentOf } from "./environment";
import { childrenOf, readText, type Tree } from "./library";
import { expressionsIn } from "./template";

const nothingDeclared = environmentOf({});

/**
 * The names that an expression, or a template with expressions in it, may read. Names that a macro brings along are among
 * them: rather one too many than one that is overlooked. A text that is no expression reads nothing.
 */
export function namesReadBy(text: string, form: "expression" | "template"): ReadonlySet<string> {
  const expressions = form === "template" ? (expressionsIn(text) ?? []) : [text];
  return new Set(expressions.flatMap(namesIn));
}

function namesIn(text: string): string[] {
  const read = readText(text, nothingDeclared.library);
  return read.ok ? idsIn(read.value) : [];
}

function idsIn(node: Tree): string[] {
  const below = childrenOf(node).flatMap(idsIn);
  return node.op === "id" ? [node.args, ...below] : below;
}
