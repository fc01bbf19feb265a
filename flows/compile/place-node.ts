import { type NodeId, StepId } from "../basics/ids";
import type { Lowered, LoweredStep, Surroundings, Take } from "../nodes/kind";
import type { Step } from "../plan/plan";
import type { Gate, Source } from "../plan/sources";
import type { JsonSchema } from "../types/json-schema";
import type { CompileError } from "./compile-error";
import { judgeWire } from "./judge-wire";
import { type Body, gatesIn, inOrder, type Known, within } from "./known";
import type { ReadNode } from "./lower";
import type { Instance, Making } from "./making";
import type { End } from "./wiring";

/** A node that has its steps in the plan: where they lie, by name, and what came in at its outer inputs. */
export type Placed = {
  node: ReadNode;
  lowered: Lowered;
  around: Surroundings;
  brought: ReadonlyMap<string, Known>;
  ends: ReadonlyMap<string, End>;
  gates: readonly Gate[];
  placeOf: ReadonlyMap<string, number>;
  /** The place of its first step, or of the next one when it has none. */
  first: number;
};

export type At = { node: ReadNode; body: Body };
const NO_ENDS: ReadonlyMap<string, End> = new Map();
const NO_OUTPUTS: ReadonlySet<string> = new Set();

/** Lowers a node and puts its steps into the plan. Null when it cannot be lowered; its faults are noted. */
export function placeNode(making: Making, instance: Instance, { node, body }: At): Placed | null {
  const { ends, brought, around } = surroundingsOf(making, instance, { id: node.node.id, node });
  for (const [input, known] of brought) judgeEnd(making, { node, input, known });
  const lowered = node.lower(around);
  if (!lowered.ok) {
    making.errors.push(...lowered.error);
    return null;
  }
  making.errors.push(...missing(node, ends, lowered.value));
  const gates = withBase(instance, body, inOrder([...brought.values()].flatMap((known) => gatesIn(body, known))));
  const first = making.steps.length;
  const placing = { making, instance, node, body, brought, gates, placeOf: new Map<string, number>() };
  for (const step of lowered.value.steps) placeStep(placing, step);
  const main = placing.placeOf.get("") ?? first;
  return { node, lowered: lowered.value, around, brought, ends, gates, placeOf: placing.placeOf, first: main };
}

type Surrounded = {
  ends: ReadonlyMap<string, End>;
  brought: ReadonlyMap<string, Known>;
  around: Surroundings;
};

/** What is known around a node by the time it is placed, or of one that could not be read. */
export function surroundingsOf(
  making: Making,
  instance: Instance,
  { id, node }: { id: NodeId; node: ReadNode | null },
): Surrounded {
  const { wiring, scopes } = instance.layout;
  const ends = wiring.into.get(id) ?? NO_ENDS;
  const inside = (input: string, from: NodeId) => (node ? isInside(node, input) : scopes.containerOf.get(from) === id);
  const outside = [...ends].filter(([input, end]) => !inside(input, end.node));
  const brought = broughtTo(instance, outside);
  const around: Surroundings = {
    manifests: making.registry.manifests,
    models: making.registry.models ?? new Map(),
    // An input whose source could not be read is wired, with nobody knows what.
    wiredInputs: new Map(outside.map(([input]) => [input, brought.get(input)?.schema ?? true] as const)),
    wiredOutputs: wiring.outOf.get(id) ?? NO_OUTPUTS,
    schema: making.table.name,
  };
  return { ends, brought, around };
}

/** Judges what comes in at one input, and notes what only the run can tell. [T2] [T5] */
export function judgeEnd(
  { errors, unsure }: Making,
  { node, input, known, takes }: { node: ReadNode; input: string; known: Known; takes?: JsonSchema },
): void {
  const { id } = node.node;
  const ports = [...(node.ports?.inputs ?? []), ...(node.ports?.inside?.inputs ?? [])];
  const port = ports.find(({ name }) => name === input);
  if (!port) return;
  const verdict = judgeWire(known.schema, takes ?? port.schema);
  if (verdict.fits === "no")
    errors.push(
      ...verdict.mismatches.map((mismatch) => ({ code: "wire_mismatched", node: id, input, mismatch }) as const),
    );
  else if (verdict.fits === "unknown" || (known.optional && port.required)) unsure.push({ node: id, input });
}

function broughtTo(instance: Instance, outside: readonly (readonly [string, End])[]): Map<string, Known> {
  const brought = new Map<string, Known>();
  for (const [input, { node: from, output }] of outside) {
    const known = instance.known.get(`${from}/${output}`);
    if (known) brought.set(input, known);
  }
  return brought;
}

export function isInside({ ports }: ReadNode, input: string): boolean {
  return ports?.inside?.inputs.some(({ name }) => name === input) ?? false;
}

/** The first steps of a pinned flow wait for everything that the node in whose place they stand waits for. */
function withBase({ base, first, body: own }: Instance, body: Body, gates: readonly Gate[]): readonly Gate[] {
  if (base.length === 0 || body !== own || gates.some(({ step }) => step >= first)) return gates;
  return inOrder([...gates, ...base]);
}

function missing({ node, ports }: ReadNode, ends: ReadonlyMap<string, End>, { steps }: Lowered): CompileError[] {
  const filled = new Set(steps.flatMap(({ takes }) => Object.keys(takes)));
  return (ports?.inputs ?? [])
    .filter(({ name, required }) => required && !ends.has(name) && !filled.has(name))
    .map(({ name }) => ({ code: "input_missing", node: node.id, input: name }));
}

type Placing = At & {
  making: Making;
  instance: Instance;
  brought: ReadonlyMap<string, Known>;
  gates: readonly Gate[];
  placeOf: Map<string, number>;
};

function placeStep(placing: Placing, step: LoweredStep): void {
  const { making, brought, placeOf } = placing;
  const gates =
    step.instruction.op === "join" && !step.after ? waysInto(placing, step.instruction.ways) : gatesOf(placing, step);
  const need = step.need !== undefined && step.need < gates.length ? { need: step.need } : {};
  const takes = Object.entries(step.takes).flatMap(([name, take]) => {
    const source = sourceOf(placing, take);
    return source ? [[name, source] as const] : [];
  });
  placeOf.set(step.name, making.steps.length);
  making.taken.set(making.steps.length, takenOf(step, brought));
  push(placing, step.name, { gates, ...need, takes: Object.fromEntries(takes), instruction: step.instruction });
}

function push({ making, instance, node }: Placing, name: string, step: Omit<Step, "id" | "node">): void {
  const own = name === "" ? node.node.id : `${node.node.id}.${name}`;
  if (isSteered(making, step)) making.steered.add(making.steps.length);
  making.steps.push({ id: StepId.parse(`${instance.prefix}${own}`), node: instance.node ?? node.node.id, ...step });
}

/** Agents and models decide when they answer, and what they say decides what it is that opens behind a decision. */
function isSteered(
  { steps, steered, taken }: Making,
  { gates, instruction }: Pick<Step, "gates" | "instruction">,
): boolean {
  const tainted = [...(taken.get(steps.length)?.values() ?? [])].some((known) => known.tainted);
  return (
    tainted || instruction.op === "call" || instruction.op === "model" || gates.some(({ step }) => steered.has(step))
  );
}

/** What comes in at each way of a join is one gate; where it is none or several, a step that does nothing makes it one. */
function waysInto(placing: Placing, ways: readonly string[]): Gate[] {
  const { making, instance, body, brought, placeOf } = placing;
  return ways.map((way) => {
    const known = brought.get(way);
    const gates = withBase(instance, body, inOrder(known ? gatesIn(body, known) : []));
    const [only, ...others] = gates;
    if (only && others.length === 0) return only;
    placeOf.set(way, making.steps.length);
    push(placing, way, { gates, takes: {}, instruction: { op: "pass" } });
    return { step: making.steps.length - 1, port: "done" };
  });
}

function gatesOf({ gates, placeOf }: Placing, { after }: LoweredStep): readonly Gate[] {
  return after?.map(({ step, port }) => ({ step: placeOf.get(step) ?? -1, port })) ?? gates;
}

function sourceOf({ brought, placeOf }: Placing, take: Take): Source | undefined {
  if (take.from === "constant") return take;
  if (take.from === "input") {
    const source = brought.get(take.input)?.source;
    return source && within(source, take.at);
  }
  return { from: "step", step: placeOf.get(take.step) ?? -1, field: take.field };
}

function takenOf({ takes }: LoweredStep, brought: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  const taken = Object.entries(takes).flatMap(([name, take]) => {
    const known = take.from === "input" ? brought.get(take.input) : undefined;
    return known ? [[name, known] as const] : [];
  });
  return new Map(taken);
}
