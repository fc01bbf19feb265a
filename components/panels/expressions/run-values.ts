import type { Digest } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { referredIn, type ValueRef } from "@/flows/ports/values";
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
  return referredIn(stored.get(ref.digest) ?? null, ref);
}

const SHORT = 120;

/** A value on one line. */
export function inShort(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= SHORT ? text : `${text.slice(0, SHORT)}… (${text.length.toLocaleString("en")} characters)`;
}
