import type { Definition } from "./definition";
import type { ExpressionEnvironment } from "./environment";
import { functions, MACROS } from "./functions";
import { isInQuotes, loopVariables, typeOfEnd } from "./partial-text";

/** One thing that can be written at a place, for an editor to offer. `insert` replaces the word from `from` on. */
export type Completion = {
  readonly kind: "variable" | "field" | "function" | "method" | "macro" | "literal";
  readonly label: string;
  readonly insert: string;
  /** CEL's name of its type; of a function, its signature. */
  readonly type: string;
  readonly doc: string;
};
export type Completions = { readonly from: number; readonly items: readonly Completion[] };

const MAX_TEXT = 4_000;

const macroDocs: Readonly<Record<string, { doc: string; gives: string }>> = {
  all: { doc: "Whether the condition holds for every item.", gives: "bool" },
  exists: { doc: "Whether the condition holds for at least one item.", gives: "bool" },
  exists_one: { doc: "Whether the condition holds for exactly one item.", gives: "bool" },
  filter: { doc: "The items for which the condition holds.", gives: "list" },
  map: { doc: "What the expression makes of every item.", gives: "list" },
};

const literals: readonly Completion[] = [
  ...["true", "false"].map((label) => ({ kind: "literal", label, insert: label, type: "bool", doc: "" }) as const),
  { kind: "literal", label: "null", insert: "null", type: "null", doc: "No value." },
  {
    kind: "macro",
    label: "has",
    insert: "has(",
    type: "has(value.field): bool",
    doc: "Whether an optional field is there.",
  },
];

/**
 * What an editor can offer at a place of a text that need not be whole: after a point the fields and methods of what stands
 * before it, elsewhere the variables, those of enclosing all, exists, map and filter too, and the functions. [E9]
 */
export function completionsAt(text: string, offset: number, environment: ExpressionEnvironment): Completions {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const word = /[A-Za-z_][A-Za-z0-9_]*$/.exec(before)?.[0] ?? "";
  const from = before.length - word.length;
  const head = before.slice(0, from).trimEnd();
  if (before.length > MAX_TEXT || isInQuotes(before)) return { from, items: [] };
  const items = head.endsWith(".") ? afterPoint(head.slice(0, -1), environment) : names(before, environment);
  const fitting = items.filter(({ label }) => label.toLowerCase().startsWith(word.toLowerCase()));
  return { from, items: fitting };
}

function afterPoint(head: string, environment: ExpressionEnvironment): Completion[] {
  const type = typeOfEnd(head, environment);
  if (type === null) return [];
  const fields = (environment.types.get(type) ?? [])
    .filter(({ name }) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    .map(({ name, ...field }): Completion => ({ ...field, kind: "field", label: name, insert: name }));
  const methods = functions.filter(({ isMethod, takes }) => isMethod && isTaken(takes[0] ?? "", type)).map(shown);
  const isRange = type === "dyn" || /^(list|map)\b/.test(type);
  const macros = isRange ? [...MACROS.keys()].map((name) => shownMacro(name)) : [];
  return [...fields, ...macros, ...merged(methods)];
}

function names(before: string, environment: ExpressionEnvironment): Completion[] {
  const inner = loopVariables(before, environment).map(({ name, type }) => ({ name, type, doc: "Each item in turn." }));
  const variables = [...inner.reverse(), ...environment.variables].map(
    ({ name, ...rest }): Completion => ({ ...rest, kind: "variable", label: name, insert: name }),
  );
  const unique = variables.filter(({ label }, place) => variables.findIndex((one) => one.label === label) === place);
  return [...unique, ...literals, ...merged(functions.filter(({ isMethod }) => !isMethod).map(shown))];
}

export function shown({ name, isMethod, takes, gives, doc }: Definition): Completion {
  const rest = isMethod ? takes.slice(1) : takes;
  return {
    kind: isMethod ? "method" : "function",
    label: name,
    insert: rest.length === 0 ? `${name}()` : `${name}(`,
    type: `${name}(${rest.join(", ")}): ${gives}`,
    doc,
  };
}

export function shownMacro(name: string): Completion {
  const { doc, gives } = macroDocs[name] ?? { doc: "", gives: "dyn" };
  const body = gives === "bool" || name === "filter" ? "condition" : "expression";
  return { kind: "macro", label: name, insert: `${name}(`, type: `${name}(item, ${body}): ${gives}`, doc };
}

/** One line for all overloads of a name. */
function merged(items: readonly Completion[]): Completion[] {
  const found = new Map<string, Completion>();
  for (const item of items) {
    const known = found.get(item.label);
    if (!known) found.set(item.label, item);
    else if (!known.type.split("\n").includes(item.type))
      found.set(item.label, { ...known, insert: `${item.label}(`, type: `${known.type}\n${item.type}` });
  }
  return [...found.values()];
}

export function isTaken(wanted: string, type: string): boolean {
  return type === "dyn" || type === wanted || type.startsWith(`${wanted}<`);
}
