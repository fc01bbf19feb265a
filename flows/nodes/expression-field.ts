import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { digestOf } from "../plan/digest";
import { type Checked, checkExpressions, readable } from "./check-expression";
import type { LowerError, NodeKind, Surroundings, Variables, Written } from "./kind";

type Settings = { readonly [setting: string]: Json };

/** A field that holds an expression: what it is for, the variables that may be read there, and what the compiler says. */
export type ExpressionField = {
  as: Written["as"];
  variables: Variables;
  check(text: string): Result<Checked, LowerError[]>;
};

export type FieldAsked = { field: string; settings: Settings; spare: Settings };

const NOWHERE = digestOf("nowhere");

/**
 * What an expression in a field of a node sees. The kind is asked to lower the node, and what it has checked says which
 * variables each of its expressions has: an editor and the compiler cannot differ. Null where the kind has no expression
 * there. What is not filled in yet is taken from the spare settings. [E12]
 */
export function expressionField(
  kind: NodeKind,
  { field, settings, spare }: FieldAsked,
  around: Surroundings,
): ExpressionField | null {
  const apart: Surroundings = { ...around, schema: () => NOWHERE };
  const own = seenIn(kind, { field, settings, spare }, apart);
  if (!own) return null;
  const { as, variables } = own;
  return {
    as,
    variables: readable(variables),
    check(text) {
      const answer = checkExpressions(apart, variables, [{ text, as, field }]);
      if (!answer.ok) return answer;
      const [checked] = answer.value.checked;
      return checked ? ok(checked) : err([]);
    },
  };
}

type Seen = Written & { variables: Variables };

/** The expression of the field as the kind sees it, in the first settings that it accepts and that have one there. */
function seenIn(kind: NodeKind, asked: FieldAsked, around: Surroundings): Seen | null {
  const { field } = asked;
  for (const settings of readings(kind, asked)) {
    const parsed = kind.settings.safeParse(settings);
    if (!parsed.success) continue;
    const seen: Seen[] = [];
    const checking: Surroundings["checking"] = ({ variables, written }) =>
      void seen.push(...written.map((each) => ({ ...each, variables })));
    kind.lower(parsed.data, { ...around, checking });
    // Expressions in one setting see the same: of a case that is not sound yet, its spare stands for it.
    const own = seen.find((each) => each.field === field) ?? seen.find((each) => rootOf(each.field) === rootOf(field));
    if (own) return own;
  }
  return null;
}

/**
 * The settings as they are; with something in the field; and where they are not sound, of the rest what is accepted alone,
 * and the setting itself from the spare ones.
 */
function readings(kind: NodeKind, { field, settings, spare }: FieldAsked): Json[] {
  const isKept = (name: string) =>
    name !== rootOf(field) && kind.settings.safeParse({ ...spare, [name]: settings[name] }).success;
  const kept = Object.entries(settings).filter(([name]) => isKept(name));
  return [settings, withText(settings, field, "true"), { ...spare, ...Object.fromEntries(kept) }];
}

const rootOf = (field: string) => field.split(".")[0] ?? field;

/** Settings with another text in one field. */
export function withText(settings: Settings, field: string, text: string): Json {
  return put(settings, field.split("."), text);
}

/** A value put at a path. What is not there is made; a name may have points in it. */
function put(into: Json | undefined, path: readonly string[], value: Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(into)) return into.map((each, place) => (String(place) === first ? put(each, rest, value) : each));
  const record = typeof into === "object" && into !== null && !Array.isArray(into) ? into : {};
  const whole = path.join(".");
  const name = Object.hasOwn(record, whole) ? whole : first;
  return { ...record, [name]: name === whole ? value : put((record as Settings)[first], rest, value) };
}
