import { type ExpressionEnvironment, isVariableName } from "./environment";
import { MACROS } from "./functions";
import { environmentWith, readText, typeOfTree } from "./library";
import { declared } from "./schema";

/** A name that an enclosing macro brings along. */
export type Loop = { readonly name: string; readonly type: string };

/** The type of the longest whole expression that a text ends with. */
export function typeOfEnd(head: string, environment: ExpressionEnvironment): string | null {
  const receiver = receiverAt(head);
  if (receiver === "") return null;
  return typeIn(receiver, loopVariables(head, environment), environment);
}

export function typeIn(text: string, loops: readonly Loop[], environment: ExpressionEnvironment): string | null {
  const variables = [...environment.variables, ...loops].map(({ name, type }) => [name, type] as const);
  const library =
    loops.length === 0
      ? environment.library
      : environmentWith(declared(environment.types), Object.fromEntries(variables));
  const read = readText(text, library);
  const checked = read.ok ? typeOfTree(read.value, library) : read;
  return checked.ok ? checked.value : null;
}

/** `a.b[0].c` at the end of a text: names, points and whole brackets, read backwards. */
export function receiverAt(head: string): string {
  const bare = bareOf(head, "q");
  let at = bare.length;
  let depth = 0;
  while (at > 0) {
    const letter = bare[at - 1] as string;
    if (")]}".includes(letter)) depth += 1;
    if (depth === 0 && !/[\w.]/.test(letter)) break;
    if ("([{".includes(letter)) depth -= 1;
    at -= 1;
  }
  return depth === 0 ? head.slice(at) : "";
}

/** Every `range.macro(name, ` that is open at the end of a text, the outermost first, with the type of an item. */
export function loopVariables(before: string, environment: ExpressionEnvironment): Loop[] {
  const loops: Loop[] = [];
  for (const open of openBrackets(before)) {
    const called = /\.\s*(\w+)\s*$/.exec(before.slice(0, open));
    const variable = /^\(\s*(\w+)\s*,/.exec(before.slice(open))?.[1];
    if (!called || !variable || !MACROS.has(called[1] ?? "") || !isVariableName(variable)) continue;
    const type = typeIn(receiverAt(before.slice(0, called.index)), loops, environment);
    loops.push({ name: variable, type: itemType(type) });
  }
  return loops;
}

function itemType(range: string | null): string {
  if (range?.startsWith("list<")) return range.slice("list<".length, -1);
  return range?.startsWith("map<string") ? "string" : "dyn";
}

export function openBrackets(text: string): number[] {
  const open: number[] = [];
  for (const { index, bracket } of brackets(text)) {
    if (bracket === "(") open.push(index);
    else open.pop();
  }
  return open;
}

function brackets(text: string): { index: number; bracket: string }[] {
  return [...bareOf(text).matchAll(/[()]/g)].map(({ index, 0: bracket }) => ({ index, bracket }));
}

/** A text without what stands in quotes, every place where it was. */
export function bareOf(text: string, instead = " "): string {
  return text.replace(QUOTED, (quoted) => instead.repeat(quoted.length));
}

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

export function isInQuotes(text: string): boolean {
  return /["']/.test(bareOf(text));
}
