import type { Digest } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { ValueRef } from "@/flows/ports/values";
import type { StepView } from "@/flows/run/view";

type Takes = Readonly<Record<string, ValueRef>>;

/** The step of a node that was given its values last: the latest of its rounds. Null where none was given any yet. */
export function lastGiven(steps: readonly StepView[], node: string): (StepView & { input: Takes }) | null {
  let last: (StepView & { input: Takes }) | null = null;
  for (const step of steps) {
    // A node may come to further steps: its question, or those of a flow in its place. Its own has its name.
    if (String(step.step) !== node || step.input === null) continue;
    if (last === null || (step.openedAtMs ?? 0) >= (last.openedAtMs ?? 0)) last = { ...step, input: step.input };
  }
  return last;
}

export function digestsIn(takes: Takes): Digest[] {
  return [...new Set(Object.values(takes).flatMap((each) => (each.from === "stored" ? [each.digest] : [])))];
}

/** The variables as they were. What is not kept any more is left out. A loop asks before its first round, number 0. */
export function valuesOf(
  { op, input }: Pick<StepView, "op"> & { input: Takes },
  stored: ReadonlyMap<string, Json | null | undefined>,
): Readonly<Record<string, Json>> {
  const found = Object.entries(input).flatMap(([name, ref]) => {
    const value = referred(ref, stored);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...(op === "loop" ? { index: 0 } : {}), ...Object.fromEntries(found) };
}

function referred(ref: ValueRef, stored: ReadonlyMap<string, Json | null | undefined>): Json | undefined {
  if (ref.from === "constant") return ref.value;
  let value: Json | undefined = stored.get(ref.digest) ?? undefined;
  if (isRecord(value)) value = Object.hasOwn(value, ref.field) ? value[ref.field] : undefined;
  for (const place of ref.at ?? []) value = Array.isArray(value) ? (value[place] as Json | undefined) : undefined;
  return value;
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SHORT = 120;

/** A value on one line. */
export function inShort(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= SHORT ? text : `${text.slice(0, SHORT)}… (${text.length.toLocaleString("en")} characters)`;
}
