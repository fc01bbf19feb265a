import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Digest } from "../basics/ids";
import { canonicalJson } from "../plan/canonical";
import { sha256OfParts } from "../plan/digest";
import type { Instruction } from "../plan/instructions";
import type { Plan, Step } from "../plan/plan";
import { textOf } from "./schema-table";

const texts = new WeakMap<Instruction, string>();
const bytes = new WeakMap<Step, Uint8Array>();

/**
 * The hash of a plan: SHA-256 over its canonical JSON, put together from the bytes of its steps and the texts of
 * instructions and schemas, which are kept as long as those are. It is what `digestOf(plan)` gives. [C4]
 */
export function hashOf({ steps, schemas, ...rest }: Plan): Digest {
  const named = Object.entries(schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([digest, schema]) => `${JSON.stringify(digest)}:${textOf(schema)}`);
  const texts = Object.entries(rest).map(([field, value]) => [field, canonicalJson(value)] as const);
  const fields = [...texts, ["schemas", `{${named.join(",")}}`], ["steps", steps]] as const;
  return sha256OfParts(partsOf([...fields].sort(([a], [b]) => (a < b ? -1 : 1))));
}

function* partsOf(fields: readonly (readonly [string, string | readonly Step[]])[]): Iterable<Uint8Array> {
  for (const [place, [field, value]] of fields.entries()) {
    const name = `${place === 0 ? "{" : ","}${JSON.stringify(field)}:`;
    if (typeof value === "string") yield utf8ToBytes(name + value);
    else {
      yield utf8ToBytes(`${name}[`);
      for (const [at, step] of value.entries()) {
        if (at > 0) yield COMMA;
        yield bytesOf(step);
      }
      yield utf8ToBytes("]");
    }
  }
  yield utf8ToBytes("}");
}

const COMMA = utf8ToBytes(",");

function bytesOf(step: Step): Uint8Array {
  const earlier = bytes.get(step);
  if (earlier) return earlier;
  const made = utf8ToBytes(textOfStep(step));
  bytes.set(step, made);
  return made;
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
