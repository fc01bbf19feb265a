import { type Completion, isTaken, shown, shownMacro } from "./completions";
import type { ExpressionEnvironment } from "./environment";
import { functions, MACROS } from "./functions";
import { bareOf, isInQuotes, loopVariables, receiverAt, typeIn, typeOfEnd } from "./partial-text";

/** What a name in a text stands for, and where it stands. */
export type NameHint = Pick<Completion, "label" | "type" | "doc"> & { readonly from: number; readonly to: number };

/** What the call that a place stands in takes: one line for each way to call it. `argument` counts from 0. */
export type CallHint = {
  readonly name: string;
  readonly from: number;
  readonly argument: number;
  readonly ways: readonly Pick<Completion, "type" | "doc">[];
};

const MAX_TEXT = 4_000;

/** The type of the name at a place, or what the function of that name does. Null between names and within quotes. [E11] */
export function nameAt(text: string, offset: number, environment: ExpressionEnvironment): NameHint | null {
  if (text.length > MAX_TEXT) return null;
  const before = /[A-Za-z_]\w*$/.exec(text.slice(0, offset))?.[0] ?? "";
  const after = /^\w*/.exec(text.slice(offset))?.[0] ?? "";
  const label = before + after;
  const [from, to] = [offset - before.length, offset + after.length];
  if (!/^[A-Za-z_]/.test(label) || isInQuotes(text.slice(0, from))) return null;
  if (/^\s*\(/.test(text.slice(to))) {
    const [way] = waysOf(text.slice(0, from), label, environment);
    return way ? { label, type: way.type, doc: way.doc, from, to } : null;
  }
  const loops = loopVariables(text.slice(0, from), environment);
  const type = typeIn(receiverAt(text.slice(0, to)), loops, environment);
  return type === null ? null : { label, type, doc: docOf(text.slice(0, from), label, environment), from, to };
}

/** The innermost call that is open at a place. [E11] */
export function callAt(text: string, offset: number, environment: ExpressionEnvironment): CallHint | null {
  const before = text.slice(0, offset);
  if (text.length > MAX_TEXT) return null;
  const open = innermostOpen(before);
  if (open === null || before[open.at] !== "(") return null;
  const [called, name = ""] = /([A-Za-z_]\w*)\s*$/.exec(before.slice(0, open.at)) ?? [];
  if (called === undefined) return null;
  const from = open.at - called.length;
  const ways = waysOf(before.slice(0, from), name, environment);
  return ways.length === 0 ? null : { name, from, argument: open.commas, ways };
}

function waysOf(before: string, name: string, environment: ExpressionEnvironment): Pick<Completion, "type" | "doc">[] {
  const head = before.trimEnd();
  if (!head.endsWith(".")) {
    if (name === "has") return [{ type: "has(value.field): bool", doc: "Whether an optional field is there." }];
    return functions.filter((each) => !each.isMethod && each.name === name).map(shown);
  }
  if (MACROS.has(name)) return [shownMacro(name)];
  const type = typeOfEnd(head.slice(0, -1), environment) ?? "dyn";
  const named = functions.filter((each) => each.isMethod && each.name === name);
  const fitting = named.filter(({ takes }) => isTaken(takes[0] ?? "", type));
  return (fitting.length > 0 ? fitting : named).map(shown);
}

function docOf(before: string, label: string, environment: ExpressionEnvironment): string {
  const head = before.trimEnd();
  const type = head.endsWith(".") ? typeOfEnd(head.slice(0, -1), environment) : null;
  const fields = head.endsWith(".") ? (environment.types.get(type ?? "") ?? []) : environment.variables;
  return fields.find(({ name }) => name === label)?.doc ?? "";
}

/** The last bracket that is open at the end of a text, and how many commas stand in it since. */
function innermostOpen(before: string): { at: number; commas: number } | null {
  // A quote that is still open holds no brackets.
  const bare = bareOf(before).replace(/["'].*$/s, "");
  let depth = 0;
  let commas = 0;
  for (let at = bare.length - 1; at >= 0; at--) {
    const letter = bare[at] as string;
    if (")]}".includes(letter)) depth += 1;
    else if ("([{".includes(letter)) {
      if (depth === 0) return { at, commas };
      depth -= 1;
    } else if (letter === "," && depth === 0) commas += 1;
  }
  return null;
}
