import type { Digest } from "../basics/ids";
import { canonicalJson } from "../plan/canonical";
import { sha256Hex } from "../plan/digest";
import type { Instruction } from "../plan/instructions";
import type { Plan, Step } from "../plan/plan";
import { textOf } from "./schema-table";

const texts = new WeakMap<Instruction | Step, string>();

/**
 * The hash of a plan: SHA-256 over its canonical JSON, put together from the texts of instructions and schemas,
 * which are kept as long as those are. It is what `digestOf(plan)` gives. [C4]
 */
export function hashOf(plan: Plan): Digest {
  const { steps, schemas, ...rest } = plan;
  const parts: Record<string, string> = {
    steps: `[${steps.map(stepText).join(",")}]`,
    schemas: `{${Object.entries(schemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([digest, schema]) => `${JSON.stringify(digest)}:${textOf(schema)}`)
      .join(",")}}`,
  };
  for (const [field, value] of Object.entries(rest)) parts[field] = canonicalJson(value);
  const fields = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(`{${fields.map(([field, text]) => `${JSON.stringify(field)}:${text}`).join(",")}}`);
}

function stepText(step: Step): string {
  const earlier = texts.get(step);
  if (earlier !== undefined) return earlier;
  const text = textOfStep(step);
  texts.set(step, text);
  return text;
}

/** The canonical JSON of a step: its fields stand in their order. */
function textOfStep({ id, node, gates, need, takes, instruction }: Step): string {
  const gated = gates.map(({ step, port }) => `{"port":${JSON.stringify(port)},"step":${step}}`).join(",");
  const needs = need === undefined ? "" : `"need":${need},`;
  const names = `"id":${JSON.stringify(id)},"instruction":${instructionText(instruction)},${needs}"node":${JSON.stringify(node)}`;
  return `{"gates":[${gated}],${names},"takes":${canonicalJson(takes)}}`;
}

function instructionText(instruction: Instruction): string {
  const earlier = texts.get(instruction);
  if (earlier !== undefined) return earlier;
  const text = canonicalJson(instruction);
  texts.set(instruction, text);
  return text;
}
