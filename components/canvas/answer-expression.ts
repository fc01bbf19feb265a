import type { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { completionsAt } from "@/flows/expressions/completions";
import type { ExpressionEnvironment } from "@/flows/expressions/environment";
import { compileExpression, evaluateExpression } from "@/flows/expressions/expression";
import { callAt, nameAt } from "@/flows/expressions/hints";
import { compileTemplate, expressionAt, renderTemplate } from "@/flows/expressions/template";
import { typeWords } from "@/flows/expressions/type-words";
import type { FlowGraph } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import { environmentFor } from "@/flows/nodes/check-expression";
import { type ExpressionField, expressionField } from "@/flows/nodes/expression-field";
import type { LowerError, NodeKind, Surroundings } from "@/flows/nodes/kind";
import { spareSettings } from "@/flows/nodes/spare-settings";
import type { ExpressionAnswer, ExpressionQuestion, WholeExpression } from "../store/compiler-line";

const kinds: Readonly<Record<string, NodeKind>> = catalog;
const spares: Readonly<Record<string, { readonly [setting: string]: Json }>> = spareSettings;

type Drawn = { graph: FlowGraph; around(node: NodeId): Surroundings | null };
type Place = ExpressionField & { environment: ExpressionEnvironment };

/** Answers an editor of an expression, out of what the compiler knows of its node. Runs in the worker. */
export function answerExpression(question: ExpressionQuestion, drawn: Drawn): ExpressionAnswer | null {
  const place = placeOf(question, drawn);
  if (!place) return null;
  if (question.about === "whole") return { about: "whole", found: wholeOf(question, place) };
  const { about, text, offset } = question;
  const within = place.as === "template" ? expressionAt(text, offset) : { text, from: 0 };
  if (!within) return about === "completions" ? { about, found: { from: offset, items: [] } } : { about, found: null };
  return answerWithin(question, { ...within, environment: place.environment });
}

type Within = { text: string; from: number; environment: ExpressionEnvironment };

/** Places are counted in the whole text, whatever part of it is an expression. */
function answerWithin(
  { about, offset }: Exclude<ExpressionQuestion, { about: "whole" }>,
  { text, from: start, environment }: Within,
): ExpressionAnswer {
  const at = offset - start;
  switch (about) {
    case "completions": {
      const { from, items } = completionsAt(text, at, environment);
      return { about, found: { from: from + start, items } };
    }
    case "name": {
      const name = nameAt(text, at, environment);
      return { about, found: name && { ...name, from: name.from + start, to: name.to + start } };
    }
    default: {
      const call = callAt(text, at, environment);
      return { about: "call", found: call && { ...call, from: call.from + start } };
    }
  }
}

function placeOf({ node: id, field }: ExpressionQuestion, { graph, around }: Drawn): Place | null {
  const node = graph.nodes.find((each) => each.id === id);
  const surroundings = node && around(id);
  const kind = node && Object.hasOwn(kinds, node.kind) ? kinds[node.kind] : undefined;
  if (!node || !surroundings || !kind) return null;
  const spare = Object.hasOwn(spares, node.kind) ? (spares[node.kind] ?? {}) : {};
  const found = expressionField(kind, { field, settings: node.settings, spare }, surroundings);
  return found && { ...found, environment: environmentFor(found.variables) };
}

type Whole = Extract<ExpressionQuestion, { about: "whole" }>;

function wholeOf(question: Whole, place: Place): WholeExpression {
  const { as, environment, check } = place;
  const answer = check(question.text);
  return {
    gives: answer.ok ? typeWords(answer.value.type) : null,
    faults: answer.ok ? [] : answer.error.flatMap(faultOf),
    variables: environment.variables.map(({ name, type }) => ({ name, type: typeWords(type) })),
    now: answer.ok && question.values ? nowOf(question, { as, environment, values: question.values }) : null,
  };
}

function faultOf(fault: LowerError): WholeExpression["faults"] {
  return "problem" in fault ? [{ problem: fault.problem, place: "place" in fault ? (fault.place ?? null) : null }] : [];
}

type Given = Pick<Place, "as" | "environment"> & { values: Readonly<Record<string, Json>> };

/** What the expression gives on the values of a run. Its limits are those of a run. */
function nowOf({ text }: Whole, { as, environment, values }: Given): WholeExpression["now"] {
  if (as === "template") {
    const made = compileTemplate(text, environment);
    const shown = made.ok ? renderTemplate(made.value, values) : null;
    return (
      shown && (shown.ok ? { ok: true, text: shortened(shown.value) } : { ok: false, problem: shown.error.problem })
    );
  }
  const made = compileExpression(text, as, environment);
  if (!made.ok) return null;
  const answer = evaluateExpression(made.value, values);
  if (!answer.ok) return { ok: false, problem: answer.error.problem };
  const { value } = answer.value;
  return { ok: true, text: shortened(typeof value === "bigint" ? String(value) : JSON.stringify(value)) };
}

const MOST_SHOWN = 300;

function shortened(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
