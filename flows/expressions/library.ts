import { type ASTNode, Environment, EvaluationError, ParseError, TypeError as TypeFault } from "@marcbachmann/cel-js";
import { err, ok, type Result } from "../basics/result";
import { signatureOf } from "./definition";
import { functions, isFunction, MACROS } from "./functions";

/** The tree of an expression, as the library reads it. */
export type Tree = ASTNode;
export type Place = { readonly from: number; readonly to: number };
/** What the library says against a text: a sentence, and where in the text. */
export type Complaint = { readonly problem: string; readonly place: Place | null };
/** A type by the library's name, e.g. `list<int>`, or the fields of an object. */
export type DeclaredType = { readonly name: string; readonly fields: Readonly<Record<string, string>> };

const LIMITS = { maxAstNodes: 1_000, maxDepth: 64, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 8 };

/** Knows the functions and no variable. Functions that the library lacks are declared here, and never called there. */
const base = makeBase();

function makeBase(): Environment {
  const environment = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false });
  const known = new Set(environment.getDefinitions().functions.map(({ signature }) => signature));
  const written = (signature: string) =>
    signature.replace(/\blist\b(?!<)/g, "list<dyn>").replace(/\bmap\b(?!<)/g, "map<dyn, dyn>");
  for (const definition of functions) {
    const signature = signatureOf(definition);
    const covered = known.has(written(signature)) || /^(dyn|type)\(/.test(signature) || /join/.test(signature);
    if (!covered) environment.registerFunction(signature, neverCalled);
  }
  for (const operator of ["<", "<=", ">", ">="])
    environment.registerOperator(`bytes ${operator} bytes: bool`, neverCalled);
  return environment;
}

/** Names that the library brings along for macros that are not offered. */
const HIDDEN = new Set(["cel", "optional"]);

function neverCalled(): never {
  throw new Error("the library evaluates nothing");
}

/** Declares variables and the object types that they use. Types come first, the innermost first. */
export function environmentWith(
  types: readonly DeclaredType[],
  variables: Readonly<Record<string, string>>,
): Environment {
  const environment = base.clone();
  for (const { name, fields } of types) environment.registerType(name, { fields: { ...fields } });
  for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
  return environment;
}

/** Reads a text into a tree, whatever its names stand for. */
export function readText(text: string, environment: Environment): Result<Tree, Complaint> {
  try {
    return ok(environment.parse(text).ast);
  } catch (thrown) {
    return err(complaintOf(thrown));
  }
}

/**
 * The type of an expression, by the library's checker, which calls no function. Errors: types that do not go together,
 * an unknown name, and whatever the library knows but our own table of functions does not. [E5]
 */
export function typeOfTree(tree: Tree, environment: Environment): Result<string, Complaint> {
  const strange = strangerIn(tree);
  if (strange) return err(strange);
  const checked = environment.check(tree.input);
  return checked.valid ? ok(checked.type ?? "dyn") : err(complaintOf(checked.error));
}

export function childrenOf(node: Tree): Tree[] {
  const parts: unknown[] = Array.isArray(node.args) ? node.args.flat(2) : [node.args];
  return parts.filter((part): part is Tree => typeof part === "object" && part !== null && "op" in part);
}

/** The first call of something that our own table does not have: the library would know it, but must not be asked. */
function strangerIn(node: Tree): Complaint | null {
  const place = { from: node.start, to: node.end };
  const called = calledBy(node);
  if (called && !isOffered(called)) return { problem: `There is no function ${called.name} for this.`, place };
  if (node.op === "id" && HIDDEN.has(node.args)) return { problem: `Unknown variable: ${node.args}`, place };
  for (const child of childrenOf(node)) {
    const strange = strangerIn(child);
    if (strange) return strange;
  }
  return null;
}

function calledBy(node: Tree): { name: string; isMethod: boolean; count: number } | null {
  if (node.op === "call") return { name: node.args[0], isMethod: false, count: node.args[1].length };
  return node.op === "rcall" ? { name: node.args[0], isMethod: true, count: node.args[2].length + 1 } : null;
}

function isOffered(called: { name: string; isMethod: boolean; count: number }): boolean {
  if (called.name === "has") return !called.isMethod && called.count === 1;
  const given = called.count - 1;
  const isMacro = called.isMethod && (MACROS.get(called.name) === given || (called.name === "map" && given === 3));
  return isMacro || isFunction(called);
}

function complaintOf(thrown: unknown): Complaint {
  if (thrown instanceof ParseError || thrown instanceof TypeFault || thrown instanceof EvaluationError) {
    const { range } = thrown;
    return { problem: thrown.summary, place: range ? { from: range.start, to: range.end } : null };
  }
  // Its checker throws bare errors where two overloads fit an empty list. The text is refused, nothing goes on.
  if (thrown instanceof Error) return { problem: "The types of this expression cannot be told.", place: null };
  throw thrown;
}
