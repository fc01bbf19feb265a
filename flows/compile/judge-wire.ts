import { assignable } from "../types/assignable";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { labelsFlow } from "../types/labels";
import { portTypeOf } from "../types/port-type";
import type { Mismatch } from "./compile-error";

/** Whether what comes through a wire fits where it goes: surely, never known before the run, or not. */
export type WireVerdict = { fits: "yes" } | { fits: "unknown" } | { fits: "no"; mismatches: readonly Mismatch[] };

const judged = new WeakMap<object, WeakMap<object, WireVerdict>>();

/** Judges a wire by its schemas, once for each pair of objects. What nobody has described is judged during the run. [T2] */
export function judgeWire(from: JsonSchema, to: JsonSchema): WireVerdict {
  if (!isRecord(to) || !isRecord(from)) return judge(from, to);
  const known = judged.get(from) ?? new WeakMap<object, WireVerdict>();
  judged.set(from, known);
  const earlier = known.get(to);
  if (earlier) return earlier;
  const verdict = judge(from, to);
  known.set(to, verdict);
  return verdict;
}

function judge(from: JsonSchema, to: JsonSchema): WireVerdict {
  const labels = labelsFlow(from, to);
  const mismatches: Mismatch[] = labels.ok ? [] : labels.error.map((fault) => ({ by: "label", fault }));
  const answer = saysNothing(from) ? null : assignable(from, to);
  if (answer?.answer === "no") {
    const { counterExample } = answer;
    mismatches.push({ by: "type", from: typeOf(from), to: typeOf(to), counterExample });
  }
  if (mismatches.length > 0) return { fits: "no", mismatches };
  const sure = answer === null ? saysNothing(to) : answer.answer === "yes";
  return { fits: sure ? "yes" : "unknown" };
}

/** A schema that allows everything is one that nobody wrote. */
function saysNothing(schema: JsonSchema): boolean {
  return schema === true || (isRecord(schema) && Object.keys(schema).every((keyword) => SILENT.has(keyword)));
}

const SILENT = new Set(["title", "description", "default", "examples"]);

function typeOf(schema: JsonSchema) {
  return isRecord(schema) ? portTypeOf(schema) : "unknown";
}
