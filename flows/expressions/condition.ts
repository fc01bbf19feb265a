import { type ASTNode, Environment, type ParseResult } from "@marcbachmann/cel-js";
import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";

/** Why a condition is not accepted. `problem` is a sentence for the person who typed it. */
export type ConditionFault = { code: "condition_invalid"; problem: string };
export type ConditionFailure = { code: "condition_failed"; problem: string };

const MAX_LENGTH = 1_000;
const COMPREHENSIONS = new Set(["all", "exists", "exists_one", "map", "filter"]);
const MAX_NESTED_COMPREHENSIONS = 1;
// The library's own regular expressions backtrack: `(a+)+$` on a long text would never come back.
const REFUSED = new Set(["matches"]);

const environment = new Environment({ limits: { maxAstNodes: 400, maxDepth: 24 } }).registerVariable("value", "dyn");

/** Checks a CEL condition over the variable `value` before anything runs. [E1] */
export function checkCondition(text: string): Result<ParseResult, ConditionFault> {
  const invalid = (problem: string) => err({ code: "condition_invalid", problem } as const);
  if (text.trim() === "") return invalid("Write a condition over value, for example value > 100.");
  if (text.length > MAX_LENGTH) return invalid(`A condition has at most ${MAX_LENGTH} characters.`);
  const parsed = parse(text);
  if (!parsed.ok) return invalid(parsed.error);
  const refused = calls(parsed.value.ast).find((name) => REFUSED.has(name));
  if (refused) return invalid(`${refused} cannot be used in a condition.`);
  if (nesting(parsed.value.ast) > MAX_NESTED_COMPREHENSIONS)
    return invalid("all, exists, map and filter cannot stand inside one another.");
  const { valid, type, error } = parsed.value.check();
  if (!valid) return invalid(firstLine(error?.message ?? "The condition does not type-check."));
  if (type !== "bool" && type !== "dyn") return invalid(`A condition answers yes or no; this one gives ${type}.`);
  return ok(parsed.value);
}

/** Decides a checked condition. Whatever the value is, the answer is yes, no or a typed failure. [E1] */
export function decideCondition(text: string, value: Json): Result<boolean, ConditionFailure> {
  const failed = (problem: string) => err({ code: "condition_failed", problem } as const);
  const checked = checkCondition(text);
  if (!checked.ok) return failed(checked.error.problem);
  const answer = evaluate(checked.value, value);
  if (!answer.ok) return failed(answer.error);
  return typeof answer.value === "boolean" ? ok(answer.value) : failed("The condition gave neither yes nor no.");
}

/** The library throws what is wrong with an expression; here it becomes a value. */
function parse(text: string): Result<ParseResult, string> {
  try {
    return ok(environment.parse(text));
  } catch (thrown) {
    return err(messageOf(thrown));
  }
}

function evaluate(condition: ParseResult, value: Json): Result<unknown, string> {
  try {
    return ok(condition({ value }));
  } catch (thrown) {
    return err(messageOf(thrown));
  }
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return firstLine(thrown.message);
  throw thrown;
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? message;
}

function children(node: ASTNode): ASTNode[] {
  const parts: unknown[] = Array.isArray(node.args) ? node.args.flat(2) : [node.args];
  return parts.filter((part): part is ASTNode => typeof part === "object" && part !== null && "op" in part);
}

function nameOf(node: ASTNode): string | null {
  return node.op === "call" || node.op === "rcall" ? node.args[0] : null;
}

function calls(node: ASTNode): string[] {
  const name = nameOf(node);
  return [...(name ? [name] : []), ...children(node).flatMap(calls)];
}

function nesting(node: ASTNode): number {
  const deepest = children(node)
    .map(nesting)
    .reduce((most, each) => Math.max(most, each), 0);
  const name = nameOf(node);
  return name && COMPREHENSIONS.has(name) ? deepest + 1 : deepest;
}
