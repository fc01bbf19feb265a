import type { Gate, Path, Source } from "../plan/sources";
import type { JsonSchema } from "../types/json-schema";
import type { Label } from "../types/labels";

/** A body while it is assembled: the place of its container's step, and what that step has to wait for besides. */
export type Body = { container: number; around: Body | null; hoisted: Map<string, Gate> };

/**
 * What an output stands for in the plan: where the value lies, what has to be open for it to be there, and what is known
 * of it. `tainted`: an agent or a model had a say in it. `optional`: it may be missing.
 */
export type Known = {
  source: Source;
  gates: readonly Gate[];
  body: Body;
  schema: JsonSchema;
  labels: readonly Label[];
  tainted: boolean;
  optional: boolean;
};

/**
 * The gates that a step in `body` waits for before it can take a value. Of a value from around, the container waits, and
 * nothing inside has to: every round begins after it. [C9]
 */
export function gatesIn(body: Body, known: Known): readonly Gate[] {
  if (known.body === body) return known.gates;
  let inner = body;
  while (inner.around && inner.around !== known.body) inner = inner.around;
  for (const gate of known.gates) inner.hoisted.set(keyOf(gate), gate);
  return [];
}

/** Every gate once, in an order of their own. */
export function inOrder(gates: Iterable<Gate>): Gate[] {
  const unique = new Map<string, Gate>();
  for (const gate of gates) unique.set(keyOf(gate), gate);
  if (unique.size < 2) return [...unique.values()];
  return [...unique.values()].sort((a, b) => a.step - b.step || (a.port < b.port ? -1 : 1));
}

function keyOf({ step, port }: Gate): string {
  return `${step}/${port}`;
}

/** A part of a value, by where it lies. Errors: TypeError for a way into the run's input or a literal, which no kind takes. */
export function within(source: Source, at: Path = []): Source {
  if (at.length === 0) return source;
  if (source.from !== "step" && source.from !== "each")
    throw new TypeError(`nothing is taken out of the ${source.from}`);
  return { ...source, at: [...(source.at ?? []), ...at] };
}
