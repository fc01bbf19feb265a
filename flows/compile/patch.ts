import type { LoweredStep } from "../nodes/kind";
import { canonicalJson } from "../plan/canonical";
import { type Instruction, isContainer } from "../plan/instructions";
import type { Plan, Step } from "../plan/plan";
import type { Assembled, Compiled } from "./compile";
import { hashOf } from "./hash";
import type { Remembered } from "./remembering";
import { textOf } from "./schema-table";

/** A compiled flow with what it was put together from. */
export type Standing = { assembled: Assembled; compiled: Compiled };

/**
 * The plan after one node came to other instructions and to nothing else: every step keeps its place, its gates and what
 * it takes. Null when the change reaches further, and everything has to be put together anew. [C14]
 */
export function patched(standing: Standing, before: Remembered, after: Remembered): Standing | null {
  const steps = changedSteps(standing, before, after);
  if (!steps) return null;
  const { making, instance } = standing.assembled;
  const { plan } = standing.compiled;
  // Only a drawing that compiles is patched, and what costs, asks, waits or calls is left to the compiler itself.
  const changed = new Map(steps.map((step) => [step.id, step]));
  const put = (list: readonly Step[]) => list.map((step) => changed.get(step.id) ?? step);
  const next: Plan = { ...plan, steps: put(plan.steps) };
  return {
    assembled: { making: { ...making, steps: put(making.steps) }, instance },
    compiled: { ...standing.compiled, plan: next, hash: hashOf(next) },
  };
}

/** Instructions that only look at values: no bound, no time, no authority and no data depends on what they say. */
const LOOKS_ONLY = new Set<Instruction["op"]>(["choose", "guard", "compute"]);

function changedSteps({ compiled }: Standing, before: Remembered, after: Remembered): Step[] | null {
  const was = before.last();
  if (!was?.lowered.ok || portsText(before) !== portsText(after)) return null;
  const now = after.lower({ ...was.around });
  const named = after.last()?.named ?? [];
  if (!now.ok || named.map(textOf).join() !== was.named.map(textOf).join()) return null;
  const [old, fresh] = [was.lowered.value, now.value];
  const sameRest = canonicalJson({ ...old, steps: [] }) === canonicalJson({ ...fresh, steps: [] });
  if (!sameRest || old.flow || old.steps.length !== fresh.steps.length) return null;
  const steps: Step[] = [];
  for (const [place, step] of fresh.steps.entries()) {
    const earlier = old.steps[place];
    const node = before.node.id;
    const found = compiled.plan.steps.find(({ id }) => id === (step.name === "" ? node : `${node}.${step.name}`));
    if (!earlier || !found || !sameShape(earlier, step)) return null;
    steps.push({ ...found, instruction: step.instruction });
  }
  return steps;
}

function sameShape(before: LoweredStep, after: LoweredStep): boolean {
  const { op } = after.instruction;
  if (before.instruction.op !== op || !LOOKS_ONLY.has(op) || isContainer(after.instruction)) return false;
  return canonicalJson(shapeOf(before)) === canonicalJson(shapeOf(after));
}

function shapeOf({ name, takes, after = [], need = 0 }: LoweredStep) {
  return { name, takes, after, need };
}

function portsText({ ports }: Remembered): string {
  if (!ports) return "";
  const sides = [ports.inputs, ports.outputs, ports.inside?.inputs ?? [], ports.inside?.outputs ?? []];
  return sides
    .map((side) => side.map(({ name, required, schema }) => `${name}${required}${textOf(schema)}`).join())
    .join(";");
}
