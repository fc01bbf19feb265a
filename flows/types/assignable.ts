import type { Json } from "../basics/json";
import { admits } from "./admits";
import { differences } from "./differences";
import { includes, type Proof } from "./includes";
import type { JsonSchema } from "./json-schema";
import { type ReadSchema, readSchema } from "./read-schema";
import { sampleOf } from "./sample-values";
import { validate } from "./validate";

/** Whether what fits one schema fits another. `no` shows a value that the first allows and the second refuses. */
export type Assignability =
  | { answer: "yes" }
  | { answer: "no"; counterExample: Json }
  | { answer: "unknown"; why: string };

/** Questions that may be asked to find a proof, and then a counter-example; and values that may be held against both. */
const PROOF_FUEL = 20_000;
const SEARCH_FUEL = 4_000;
const MOST_TRIES = 256;

/**
 * Decides whether every value of `from` fits `to`, in bounded time and always alike. `yes` is proved on the decided
 * keywords alone; `no` is shown by the validator; everything else is `unknown` and judged during the run. [T4]
 */
export function assignable(from: JsonSchema, to: JsonSchema): Assignability {
  const source = readSchema(from);
  const target = readSchema(to);
  if (!source.ok || !target.ok) return { answer: "unknown", why: "a schema cannot be used" };
  const proof: Proof = { fuel: { left: PROOF_FUEL }, why: null };
  if (includes([source.value.node()], [target.value.node()], proof)) return { answer: "yes" };
  const counterExample = findCounterExample({ from, to }, source.value, target.value);
  if (counterExample !== undefined) return { answer: "no", counterExample };
  return { answer: "unknown", why: proof.why ?? "neither a proof nor a counter-example was found" };
}

function findCounterExample(
  { from, to }: { from: JsonSchema; to: JsonSchema },
  source: ReadSchema,
  target: ReadSchema,
): Json | undefined {
  let tries = 0;
  for (const value of differences([source.node()], [target.node()], { left: SEARCH_FUEL })) {
    if (tries++ === MOST_TRIES) return undefined;
    if (admits(source.node(), value) === "no") continue;
    if (validate(from, value).ok && !validate(to, value).ok) return value;
  }
  return undefined;
}

/** A small value that fits; undefined when none was found, though there may be one. */
export function exampleOf(schema: JsonSchema): Json | undefined {
  const read = readSchema(schema);
  if (!read.ok) return undefined;
  const value = sampleOf([read.value.node()], { left: SEARCH_FUEL });
  return value !== undefined && validate(schema, value).ok ? value : undefined;
}
