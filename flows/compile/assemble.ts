import { type NodeId, StepId } from "../basics/ids";
import type { Json } from "../basics/json";
import type { Lowered, Offer, Surroundings } from "../nodes/kind";
import type { Gate, PlanResult, Source, Step } from "../plan/plan";
import type { ObjectSchema } from "../types/agent-manifest";
import type { Port } from "../types/port-type";
import type { CompileError } from "./compile-error";
import type { ReadNode } from "./lower";
import type { End, Wiring } from "./wiring";

/** What a node's output stands for in the plan: where the value lies, and what has to be open for it to be there. */
type Known = { source: Source; gates: readonly Gate[] };

export type Assembled = {
  steps: Step[];
  results: PlanResult[];
  input: ObjectSchema;
  errors: CompileError[];
};

type Assembling = Assembled & { names: Set<string> };
type Placing = { node: NodeId; lowered: Lowered; brought: ReadonlyMap<string, Known> };

const NO_INPUT: ObjectSchema = { type: "object", properties: {}, additionalProperties: false };

/**
 * Lowers the nodes in their order and joins them by index. What only passes a value on leaves no trace but a gate,
 * so that a value is named by where it was made. [C6]
 */
export function assemble(nodes: readonly ReadNode[], wiring: Wiring, manifests: Surroundings["manifests"]): Assembled {
  const known = new Map<string, Known>();
  const plan: Assembling = { steps: [], results: [], input: NO_INPUT, errors: [], names: new Set() };
  for (const { node, ports, lower } of nodes) {
    const ends = wiring.into.get(node.id) ?? new Map<string, End>();
    const wiredOutputs = wiring.outOf.get(node.id) ?? new Set<string>();
    const lowered = lower({ manifests, wiredInputs: new Set(ends.keys()), wiredOutputs });
    if (!lowered.ok) {
      plan.errors.push(...lowered.error);
      continue;
    }
    const given = new Set([...ends.keys(), ...Object.keys(lowered.value.constants)]);
    plan.errors.push(...missing(node.id, ports?.inputs ?? [], given));
    const brought = incoming(ends, known);
    place(plan, { node: node.id, lowered: lowered.value, brought });
    for (const [output, offer] of Object.entries(lowered.value.offers)) {
      const offered = knownFrom(offer, { place: plan.steps.length - 1, brought });
      if (offered) known.set(`${node.id}/${output}`, offered);
    }
  }
  return plan;
}

/** Puts what a node comes to where the plan keeps it: a step, a result, or the form of the run's input. */
function place(plan: Assembling, { node, lowered, brought }: Placing): void {
  const { instruction, constants, result, runInput } = lowered;
  if (runInput && plan.input !== NO_INPUT) plan.errors.push({ code: "input_repeated", node });
  if (runInput) plan.input = runInput;
  if (result !== null && plan.names.has(result)) plan.errors.push({ code: "name_taken", node, name: result });
  if (result !== null) plan.names.add(result);
  if (instruction) {
    const takes = { ...sourcesOf(brought), ...literals(constants) };
    plan.steps.push({ id: StepId.parse(node), node, gates: gatesOf(brought), takes, instruction });
  }
  const [value] = brought.values();
  if (result !== null && value) plan.results.push({ name: result, value: value.source, gates: value.gates });
}

function incoming(ends: ReadonlyMap<string, End>, known: ReadonlyMap<string, Known>): Map<string, Known> {
  const found = [...ends].map(([input, { node, output }]) => [input, known.get(`${node}/${output}`)] as const);
  return new Map(found.filter((entry): entry is [string, Known] => entry[1] !== undefined));
}

function knownFrom(offer: Offer, at: { place: number; brought: ReadonlyMap<string, Known> }): Known | null {
  if (offer.value === "run_input") return { source: { from: "input", field: offer.field }, gates: [] };
  const gates = [{ step: at.place, port: offer.port }];
  if (offer.value === "delivered") return { source: { from: "step", step: at.place, field: offer.field }, gates };
  const passed = at.brought.get(offer.input);
  return passed ? { source: passed.source, gates } : null;
}

function sourcesOf(brought: ReadonlyMap<string, Known>): Record<string, Source> {
  return Object.fromEntries([...brought].map(([input, { source }]) => [input, source]));
}

function literals(constants: Readonly<Record<string, Json>>): Record<string, Source> {
  return Object.fromEntries(Object.entries(constants).map(([input, value]) => [input, { from: "constant", value }]));
}

/** Every gate of what comes in, each once, in an order of their own. */
function gatesOf(brought: ReadonlyMap<string, Known>): Gate[] {
  const gates = new Map(
    [...brought.values()].flatMap((each) => each.gates.map((gate) => [`${gate.step}/${gate.port}`, gate])),
  );
  return [...gates.values()].sort((a, b) => a.step - b.step || (a.port < b.port ? -1 : 1));
}

function missing(node: NodeId, ports: readonly Port[], given: ReadonlySet<string>): CompileError[] {
  return ports
    .filter(({ name, required }) => required && !given.has(name))
    .map(({ name }) => ({ code: "input_missing", node, input: name }));
}
