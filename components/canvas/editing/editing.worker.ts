import { unreachable } from "@/flows/basics/unreachable";
import { judgeWire } from "@/flows/compile/judge-wire";
import type { FlowNode } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests, NodeKind } from "@/flows/nodes/kind";
import type { Answers, FromEditing, Question, ToEditing } from "./editing-message";
import { layOut } from "./lay-out";

const kinds: Readonly<Record<string, NodeKind>> = catalog;

self.onmessage = ({ data: { ask, question } }: MessageEvent<ToEditing>) => {
  const reply: FromEditing = { ask, answer: answer(question) };
  self.postMessage(reply);
};

function answer(question: Question): Answers[keyof Answers] {
  switch (question.say) {
    case "ports": {
      const manifests: Manifests = new Map(question.manifests.map((manifest) => [manifest.agent, manifest]));
      return Object.fromEntries(question.nodes.flatMap((node) => portsOf(node, manifests)));
    }
    case "judge": {
      const verdict = judgeWire(question.from, question.to);
      const found = verdict.fits === "no" ? verdict.mismatches.find(({ by }) => by === "type") : undefined;
      return found?.by === "type" ? { counterExample: found.counterExample } : null;
    }
    case "layout":
      return layOut(question.level);
    default:
      return unreachable(question);
  }
}

function portsOf(node: FlowNode, manifests: Manifests) {
  const kind = Object.hasOwn(kinds, node.kind) ? kinds[node.kind] : undefined;
  const settings = kind?.settings.safeParse(node.settings);
  const ports = kind && settings?.success ? kind.ports(settings.data, manifests) : null;
  return ports ? [[node.id, ports] as const] : [];
}
