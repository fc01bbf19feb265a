import type { NodeId } from "@/flows/basics/ids";
import { compile } from "@/flows/compile/compile";
import type { CompileError } from "@/flows/compile/compile-error";
import { explain } from "@/flows/compile/explain";
import { moneyPathOf } from "@/flows/compile/money-path";
import type { FlowGraph, FlowNode } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests, NodeKind, Ports } from "@/flows/nodes/kind";
import { isPaying } from "@/flows/plan/instructions";
import type { Plan } from "@/flows/plan/plan";
import type { CompileAnswer, PlanSummary, Problem } from "../store/compile-slice";

const kinds: Readonly<Record<string, NodeKind>> = catalog;
const NO_PORTS: Ports = { inputs: [], outputs: [] };

/** `money`: with the money path, which takes as long again as the bound. */
type How = { compiler?: (graph: FlowGraph) => ReturnType<typeof compile>; money?: boolean };

/** Everything that the screen wants to know of a drawing. Runs in the worker: the page never loads the compiler. */
export function answerCompile(
  graph: FlowGraph,
  manifests: Manifests,
  { compiler = (drawn: FlowGraph) => compile(drawn, { kinds, manifests }), money = false }: How = {},
): CompileAnswer {
  const compiled = compiler(graph);
  const ports = graph.nodes.flatMap((node) => {
    const found = portsOf(node, manifests);
    return found ? [[node.id, found] as const] : [];
  });
  return {
    ports: Object.fromEntries(ports),
    result: compiled.ok
      ? {
          ok: true,
          plan: {
            ...summaryOf(compiled.value.plan, compiled.value.hash),
            money: money ? moneyPathOf(compiled.value.plan.steps) : null,
          },
          unsure: compiled.value.unsure,
        }
      : { ok: false, problems: compiled.error.map(problemOf) },
  };
}

/** Null while the settings cannot be read: the canvas then keeps the ports that the node had. */
function portsOf(node: FlowNode, manifests: Manifests): Ports | null {
  const kind = Object.hasOwn(kinds, node.kind) ? kinds[node.kind] : undefined;
  if (!kind) return NO_PORTS;
  const settings = kind.settings.safeParse(node.settings);
  return settings.success ? kind.ports(settings.data, manifests) : null;
}

function summaryOf(
  { bound, authority, input, steps, time, data, triggers }: Plan,
  hash: PlanSummary["hash"],
): Omit<PlanSummary, "money"> {
  return {
    ...{ hash, bound, input, steps: steps.map(({ id, node }) => ({ id, node })), time, data, triggers },
    ...authority,
    outside: steps.some(({ instruction }) => isPaying(instruction) && instruction.publisher === "outside"),
  };
}

export function problemOf(error: CompileError): Problem {
  return { code: error.code, nodes: nodesOf(error), field: fieldOf(error), ...explain(error) };
}

function nodesOf(error: CompileError): readonly NodeId[] {
  if (error.code === "cycle_found") return error.stuck;
  return "node" in error ? [error.node] : [];
}

function fieldOf(error: CompileError): string | null {
  switch (error.code) {
    case "settings_invalid":
    case "expression_invalid":
      return error.field;
    case "condition_invalid":
      return error.field ?? "condition";
    case "cap_below_price":
      return "cap";
    case "agent_unknown":
      return "agent";
    case "model_unknown":
      return "model";
    case "name_taken":
      return "name";
    case "input_missing":
      return `inputs.${error.input}`;
    default:
      return null;
  }
}
