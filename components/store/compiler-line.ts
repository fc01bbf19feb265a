import type { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Completions } from "@/flows/expressions/completions";
import type { CallHint, NameHint } from "@/flows/expressions/hints";

/** An expression as it is being typed, whatever the drawing says of it by now. */
type Typed = { node: NodeId; field: string; text: string };

/** What an editor asks of the drawing that was compiled last. `values` are the variables as they were in a run. */
export type ExpressionQuestion = Typed &
  (
    | { about: "completions" | "name" | "call"; offset: number }
    | { about: "whole"; values: Readonly<Record<string, Json>> | null }
  );

/** What is known of a whole expression: the type that it gives, in words, its faults, and what it gives on values. */
export type WholeExpression = {
  gives: string | null;
  faults: readonly { problem: string; place: { from: number; to: number } | null }[];
  variables: readonly { name: string; type: string }[];
  now: { ok: true; text: string } | { ok: false; problem: string } | null;
};

export type ExpressionAnswer =
  | { about: "completions"; found: Completions }
  | { about: "name"; found: NameHint | null }
  | { about: "call"; found: CallHint | null }
  | { about: "whole"; found: WholeExpression };

export type AskedExpression = { say: "expression"; ask: number; question: ExpressionQuestion };
/** Null where nobody knows: no such node, no expression in that field, or nothing is compiled yet. */
export type AnsweredExpression = { expression: number; answer: ExpressionAnswer | null };

type Line = {
  send: ((message: AskedExpression) => void) | null;
  heard(message: AnsweredExpression): void;
};

/** The way from an editor to the compiler's worker, which belongs to the canvas. Null while there is no worker. */
export const compilerLine: Line = { send: null, heard: () => undefined };
