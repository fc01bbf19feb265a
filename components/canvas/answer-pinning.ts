import { meaningDigest } from "@/flows/compile/inline";
import type { FlowDocument, FlowNode, PinnedFlow } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests, NodeKind } from "@/flows/nodes/kind";
import { isRecord } from "@/flows/types/json-schema";
import type { Pinning } from "../store/compile-slice";

const kinds: Readonly<Record<string, NodeKind>> = catalog;
const NO_INPUT = { type: "object", properties: {} };

/** What a node needs that stands for a flow: the flow by the digest of its meaning, and its signature. Runs in the worker. */
export function answerPinning({ nodes, wires, flows = {} }: FlowDocument, manifests: Manifests): Pinning {
  const pinned: PinnedFlow = { nodes, wires };
  const input = nodes.find(({ kind }) => kind === "input")?.settings.schema ?? NO_INPUT;
  const outputs = nodes
    .filter(({ kind }) => kind === "output")
    .map((node) => [String(node.settings.name), schemaInto(node, pinned, manifests)] as const);
  return {
    flow: meaningDigest(pinned),
    flows: { ...flows, [meaningDigest(pinned)]: pinned },
    settings: { input, outputs: Object.fromEntries(outputs) },
  };
}

/** What its kind says of the output that leads into a node; nothing where that says nothing. */
function schemaInto({ id }: FlowNode, { nodes, wires }: PinnedFlow, manifests: Manifests) {
  const from = wires.find(({ to }) => to.node === id)?.from;
  const node = nodes.find((each) => each.id === from?.node);
  const kind = node && Object.hasOwn(kinds, node.kind) ? kinds[node.kind] : undefined;
  const settings = kind?.settings.safeParse(node?.settings);
  const ports = kind && settings?.success ? kind.ports(settings.data, manifests) : null;
  const schema = ports?.outputs.find(({ name }) => name === from?.output)?.schema;
  return isRecord(schema) ? schema : {};
}
