import { incrementalCompiler } from "@/flows/compile/incremental";
import type { FlowGraph } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests, NodeKind } from "@/flows/nodes/kind";
import { settingsSchemas } from "@/flows/nodes/settings-schemas";
import type { Models } from "@/flows/plan/rates";
import { answerCompare } from "./answer-compare";
import { answerCompile } from "./answer-compile";
import { answerExpression } from "./answer-expression";
import { answerPinning } from "./answer-pinning";
import type { FromWorker, ToCompiler } from "./compile-message";
import { sameObjects } from "./same-objects";

const kinds: Readonly<Record<string, NodeKind>> = catalog;
let manifests: Manifests = new Map();
let models: Models = new Map();
let compiler = incrementalCompiler({ kinds, manifests });
let graph: FlowGraph = { nodes: [], wires: [] };
const same = sameObjects();

self.onmessage = ({ data }: MessageEvent<ToCompiler>) => {
  if (data.say === "registry") {
    manifests = new Map(data.manifests.map((manifest) => [manifest.agent, manifest]));
    models = data.models;
    compiler = incrementalCompiler({ kinds, manifests, models });
    return;
  }
  if (data.say === "settings") {
    return reply({ settings: settingsSchemas(kinds) });
  }
  if (data.say === "expression") {
    const answer = answerExpression(data.question, { graph, around: compiler.around });
    return reply({ expression: data.ask, answer });
  }
  if (data.say === "compare") {
    const { compare, before, after } = data;
    return reply({ compare, compared: answerCompare(before, after, { manifests, models }) });
  }
  if (data.say === "pin") return reply({ pin: data.pin, pinning: answerPinning(data.document, manifests) });
  graph = same(data.graph);
  reply({ ask: data.ask, answer: answerCompile(graph, manifests, { compiler, money: data.money }) });
};

function reply(message: FromWorker) {
  self.postMessage(message);
}
