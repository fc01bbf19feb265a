import type { LoweredStep } from "../nodes/kind";
import { canonicalJson } from "../plan/canonical";
import { type Instruction, isContainer } from "../plan/instructions";
import type { Plan, Step } from "../plan/plan";
import { type Assembled, type Compiled, closeUp } from "./compile";
import { hashOf } from "./hash";
import type { Instance } from "./making";
import type { Remembered } from "./remembering";
import { textOf } from "./schema-table";

/** What a flow was put together to, and what that comes to: a plan, or faults. */
export type Standing = { assembled: Assembled; compiled: ReturnType<typeof closeUp> };

/**
 * What a drawing comes to after one node came to other instructions and to nothing else: every step keeps its place, its
 * gates and what it takes, and every output what is known of it. Null when the change reaches further, and everything
 * has to be put together anew. [C14]
 */
export function patched(standing: Standing, before: Remembered, after: Remembered): Standing | null {
  const { making, instance } = standing.assembled;
  const instructions = changedInstructions(instance, before, after);
  if (!instructions) return null;
  if (instructions.size === 0) return standing;
  const put = (steps: readonly Step[]) => steps.map((step) => withInstruction(step, instructions.get(step.id)));
  const assembled = { making: { ...making, steps: put(making.steps) }, instance };
  const { compiled } = standing;
  const looksOnly = [...instructions.values()].every(({ op }) => LOOKS_ONLY.has(op));
  if (!compiled.ok || !looksOnly) return { assembled, compiled: closeUp(assembled) };
  const plan: Plan = { ...compiled.value.plan, steps: put(compiled.value.plan.steps) };
  const next: Compiled = { ...compiled.value, plan, hash: hashOf(plan) };
  return { assembled, compiled: { ok: true, value: next } };
}

/** Instructions that only look at values: no bound, no time, no authority and no data depends on what they say. */
const LOOKS_ONLY: ReadonlySet<Instruction["op"]> = new Set(["choose", "guard", "compute"]);

/** A container keeps its body. */
function withInstruction(step: Step, instruction: Instruction | undefined): Step {
  if (!instruction) return step;
  if (!isContainer(instruction) || !isContainer(step.instruction)) return { ...step, instruction };
  const { body, gives } = step.instruction;
  return { ...step, instruction: { ...instruction, body, gives } };
}

/** Those instructions of a node that differ, by the ids of its steps, when they are all that its change comes to. */
function changedInstructions(
  instance: Instance,
  before: Remembered,
  after: Remembered,
): ReadonlyMap<string, Instruction> | null {
  const was = before.last();
  if (!was?.lowered.ok || portsText(before) !== portsText(after)) return null;
  const now = after.lower({ ...was.around });
  const named = after.last()?.named ?? [];
  if (!now.ok || named.map(textOf).join() !== was.named.map(textOf).join()) return null;
  const [old, fresh] = [was.lowered.value, now.value];
  const sameRest = canonicalJson({ ...old, steps: [] }) === canonicalJson({ ...fresh, steps: [] });
  if (!sameRest || old.flow || old.drawn || old.steps.length !== fresh.steps.length) return null;
  if (!fresh.steps.every((step, place) => sameShape(old.steps[place], step))) return null;
  if (finishText(instance, before) !== finishText(instance, after)) return null;
  const { id } = before.node;
  const differing = fresh.steps.filter(
    ({ instruction }, place) => canonicalJson(old.steps[place]?.instruction) !== canonicalJson(instruction),
  );
  return new Map(differing.map(({ name, instruction }) => [name === "" ? id : `${id}.${name}`, instruction]));
}

function sameShape(before: LoweredStep | undefined, after: LoweredStep): boolean {
  if (before?.instruction.op !== after.instruction.op) return false;
  // The ways of a join are gates, and steps of their own.
  const same =
    after.instruction.op !== "join" || canonicalJson(before.instruction) === canonicalJson(after.instruction);
  return same && canonicalJson(shapeOf(before)) === canonicalJson(shapeOf(after));
}

function shapeOf({ name, takes, after = [], need = 0 }: LoweredStep) {
  return { name, takes, after, need };
}

/** What the outputs of a container are known to be, which is known only behind its body. */
function finishText({ layout, known }: Instance, node: Remembered): string {
  const inside = new Map(
    (node.ports?.inside?.inputs ?? []).flatMap(({ name }) => {
      const end = layout.wiring.into.get(node.node.id)?.get(name);
      const found = end && known.get(`${end.node}/${end.output}`);
      return found ? [[name, found.schema] as const] : [];
    }),
  );
  return canonicalJson(node.finish(inside));
}

function portsText({ ports }: Remembered): string {
  if (!ports) return "";
  const { inputs, outputs, inside = { inputs: [], outputs: [] } } = ports;
  return canonicalJson(
    [inputs, outputs, inside.inputs, inside.outputs].map((side) =>
      side.map(({ name, required, schema }) => [name, required ?? null, textOf(schema)]),
    ),
  );
}
