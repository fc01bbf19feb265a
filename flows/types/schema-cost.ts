import { type Holds, holdsOf, isRecord, type JsonSchema } from "./json-schema";
import { definition, schemasIn } from "./schema-walk";

/** A schema may ask at most this many questions about one value. */
export const WIDEST = 10_000;

/** Schemas and references may lie this deep, so that nobody who walks them runs out of stack. */
export const DEEPEST = 64;

/**
 * The most questions that a schema can ask about one value of a document, wherever it lies, through every reference
 * and alternative. Validating costs at most this for each value: so a choice of choices of choices is found out.
 */
export function costOf(root: JsonSchema): number {
  return costs(root, { root, known: new Map(), depth: 0 }).questions;
}

type Cost = { readonly questions: number; readonly height: number };
type Costing = { readonly root: JsonSchema; readonly known: Map<unknown, Cost>; readonly depth: number };

const SIMPLE: Cost = { questions: 1, height: 1 };
const TOO_MUCH: Cost = { questions: Number.POSITIVE_INFINITY, height: 1 };

function costs(schema: unknown, costing: Costing): Cost {
  if (!isRecord(schema)) return SIMPLE;
  const known = costing.known.get(schema);
  if (known) return known;
  const cost = costing.depth > DEEPEST ? TOO_MUCH : ownCost(schema, { ...costing, depth: costing.depth + 1 });
  const kept = cost.height > DEEPEST ? TOO_MUCH : cost;
  costing.known.set(schema, kept);
  return kept;
}

/** Schemas of the same value add up; of the schemas of its parts, each part meets one, except for `contains`. */
function ownCost(schema: { readonly [keyword: string]: unknown }, costing: Costing): Cost {
  let questions = 1;
  let dearest = 0;
  let height = 0;
  for (const [name, value] of Object.entries(schema)) {
    const holds = holdsOf(name);
    if (holds === null || holds === "definitions") continue;
    questions += weightOf(value);
    for (const part of schemasBehind(holds, value, costing.root)) {
      const cost = costs(part, costing);
      height = Math.max(height, cost.height);
      if (holds.startsWith("inside") && name !== "contains") dearest = Math.max(dearest, cost.questions);
      else questions += cost.questions;
    }
  }
  return { questions: questions + dearest, height: height + 1 };
}

function schemasBehind(holds: Holds, value: unknown, root: JsonSchema): readonly unknown[] {
  return holds === "ref" ? [definition(root, String(value))] : schemasIn(holds, value).map(([, part]) => part);
}

/** Lists are looked through one by one, and an `enum` is written out in every complaint about it. */
function weightOf(value: unknown): number {
  if (typeof value === "string") return 1 + value.length / 64;
  if (Array.isArray(value)) return value.reduce((total: number, part) => total + weightOf(part), 1);
  return isRecord(value) ? 1 + Object.keys(value).length : 1;
}
