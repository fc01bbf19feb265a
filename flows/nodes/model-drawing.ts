import { NodeId } from "../basics/ids";
import type { FlowNode, PinnedFlow, Wire } from "../graph/graph";
import { portsOf } from "../types/schema-ports";
import { answerOf, fillable, STOPPED } from "./model-answer";
import type { ModelSettings } from "./model-settings";
import { type Offered, outputsOf } from "./model-tools";

/** `catches`: somebody takes what goes out by `stopped`; without that the end of the run says it. */
type Drawing = { settings: ModelSettings; tools: readonly Offered[]; catches: boolean; personal: boolean };

const AT_ONCE = 4;

/**
 * What a model comes to, drawn of what everybody draws with: under its cap a loop of turns; in each the model is asked
 * once, and each call that it asks for goes the way of its agent, the answer or the error coming back to the next turn.
 */
export function drawingOf(drawing: Drawing): PinnedFlow {
  const { settings, tools, catches, personal } = drawing;
  const drawn = pieces();
  const { node, wire } = drawn;
  const answers = portsOf(answerOf(settings)).map(({ name }) => name);
  node("given", "input", { schema: givenSchema(settings.inputs) });
  node("begin", "model_begin", { personal });
  node("cap", "model_cap", { cap: written(settings.cap), catches });
  node("cap/turns", "loop", { while: "value[0].done != true", most: settings.maxTurns });
  node("turns/turn", "model_turn", { ...settings, cap: written(settings.cap) } as never);
  node("turns/next", "join", { inputs: 2, mode: "all" });
  wire("begin.value", "turns.value");
  for (const name of settings.inputs) wire(`given.${name}`, `turn.${name}`);
  wire("turns.value", "turn.#so far");
  wire("turn.turn", "next.in1");
  wire("next.values", "turns.next");
  wire("turns.done", "cap.result");
  node("said", "model_said", { output: settings.output, actions: settings.actions } as never);
  wire("cap.done", "said.value");
  for (const [place, name] of answers.entries()) {
    node(`result-${place}`, "output", { name });
    wire(`said.${name}`, `result-${place}.value`);
  }
  node("result-stopped", "output", { name: STOPPED });
  wire("cap.error", "result-stopped.value");
  if (tools.length > 0) drawCalls(drawn, { tools, most: settings.maxCalls });
  return drawn.flow;
}

/** One round for each call that the turn asks for. What an agent fails with is an answer too: the model reads it. */
function drawCalls({ node, wire }: Pieces, { tools, most }: { tools: readonly Offered[]; most: number }): void {
  const cases = tools.map(({ name }, place) => ({ name: `tool-${place}`, when: `value.tool == "${name}"` }));
  node("turns/calls", "map", { most, atOnce: Math.min(most, AT_ONCE) });
  wire("turn.calls", "calls.items");
  node("calls/which", "switch", { cases, otherwise: false });
  wire("calls.item", "which.value");
  node("calls/came", "model_either", { ways: 2 * tools.length });
  wire("came.first", "calls.result");
  wire("calls.results", "next.in2");
  for (const [place, { does }] of tools.entries()) {
    const [tried, tool] = [`try-${place}`, `tool-${place}`];
    node(`calls/${tried}`, "try", { attempts: 1, catches: ["transient", "permanent", "business"] });
    if ("agent" in does) {
      node(`${tried}/${tool}`, "model_tool", { agent: does.agent });
      wire(`which.${tool}`, `${tool}.call`);
      wire(`${tool}.result`, `${tried}.result`);
    } else drawFlow({ node, wire }, { flow: does.flow, tool, tried });
    wire(`${tried}.done`, `came.way${2 * place}`);
    wire(`${tried}.error`, `came.way${2 * place + 1}`);
  }
}

type FlowCalled = { flow: ModelSettings["flows"][number]; tool: string; tried: string };

/** A pinned flow takes its inputs one by one, and what it gives comes back as one list. */
function drawFlow({ node, wire }: Omit<Pieces, "flow">, { flow, tool, tried }: FlowCalled): void {
  const { input } = flow;
  const names = outputsOf(flow);
  node(`${tried}/fill-${tool}`, "model_fill", { input } as never);
  node(`${tried}/${tool}`, "subflow", flow as never);
  node(`${tried}/gives-${tool}`, "model_gives", { names });
  wire(`which.${tool}`, `fill-${tool}.call`);
  for (const name of Object.keys(fillable(input)?.properties ?? {})) wire(`fill-${tool}.${name}`, `${tool}.${name}`);
  for (const name of names) wire(`${tool}.${name}`, `gives-${tool}.${name}`);
  wire(`gives-${tool}.result`, `${tried}.result`);
}

function givenSchema(names: readonly string[]) {
  const properties: Record<string, Record<string, never>> = Object.fromEntries(names.map((name) => [name, {}]));
  return { type: "object", properties, required: [...names] };
}

function written({ currency, amount }: ModelSettings["cap"]) {
  return { currency, amount: String(amount) };
}

type Pieces = {
  flow: PinnedFlow;
  /** `at` is its id, behind that of the node that it is drawn in. */
  node(at: string, kind: string, settings: FlowNode["settings"]): void;
  /** By the names of its ends, a node and its port each. */
  wire(from: string, to: string): void;
};

function pieces(): Pieces {
  const nodes: FlowNode[] = [];
  const wires: Wire[] = [];
  return {
    flow: { nodes, wires },
    node(at, kind, settings) {
      const [id = "", parent] = at.split("/").reverse();
      const inside = parent === undefined ? {} : { parent: NodeId.parse(parent) };
      nodes.push({ id: NodeId.parse(id), kind, title: id, settings, ...inside });
    },
    wire(from, to) {
      const [source, target] = [endOf(from), endOf(to)];
      wires.push({
        from: { node: source.node, output: source.port },
        to: { node: target.node, input: target.port },
      });
    },
  };
}

function endOf(text: string): { node: NodeId; port: string } {
  const dot = text.indexOf(".");
  return { node: NodeId.parse(text.slice(0, dot)), port: text.slice(dot + 1) };
}
