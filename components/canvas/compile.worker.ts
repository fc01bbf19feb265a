import { incrementalCompiler } from "@/flows/compile/incremental";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests } from "@/flows/nodes/kind";
import { answerCompile } from "./answer-compile";
import type { FromCompiler, ToCompiler } from "./compile-message";
import { sameObjects } from "./same-objects";

let manifests: Manifests = new Map();
let compiler = incrementalCompiler({ kinds: catalog, manifests });
const same = sameObjects();

self.onmessage = ({ data }: MessageEvent<ToCompiler>) => {
  if (data.say === "registry") {
    manifests = new Map(data.manifests.map((manifest) => [manifest.agent, manifest]));
    compiler = incrementalCompiler({ kinds: catalog, manifests });
    return;
  }
  const reply: FromCompiler = {
    ask: data.ask,
    answer: answerCompile(same(data.graph), manifests, { compiler, money: data.money }),
  };
  self.postMessage(reply);
};
