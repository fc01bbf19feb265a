import type { Manifests } from "@/flows/nodes/kind";
import { answerCompile } from "./answer-compile";
import type { FromCompiler, ToCompiler } from "./compile-message";

let manifests: Manifests = new Map();

self.onmessage = ({ data }: MessageEvent<ToCompiler>) => {
  if (data.say === "registry") {
    manifests = new Map(data.manifests.map((manifest) => [manifest.agent, manifest]));
    return;
  }
  const reply: FromCompiler = { ask: data.ask, answer: answerCompile(data.graph, manifests) };
  self.postMessage(reply);
};
