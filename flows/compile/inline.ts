import type { Digest } from "../basics/ids";
import type { PinnedFlow } from "../graph/graph";
import { meaningOf } from "../graph/meaning";
import { digestOf } from "../plan/digest";
import type { CompileError } from "./compile-error";
import { judgeWire } from "./judge-wire";
import type { Body, Known } from "./known";
import type { Registry } from "./lower";
import { type Instance, type Layout, layOut, type Making } from "./making";
import type { Placed } from "./place-node";
import { textOf } from "./schema-table";
import { type Container, TOP } from "./scopes";

export type Place = (making: Making, instance: Instance, at: { container: Container; body: Body }) => void;
type Inlining = { making: Making; instance: Instance; placed: Placed; body: Body };

const DEEPEST = 8;

/** Beyond this many nodes and wires of pinned flows nothing is put in: flows within flows grow with every level. */
export const MOST_PARTS = 50_000;

/**
 * Puts the steps of a pinned flow in the place of a node. It is pinned by the digest of its meaning and held to the
 * signature that the node shows, so that nobody changes it from elsewhere. [C10]
 */
export function inlineFlow({ making, instance, placed, body }: Inlining, place: Place): void {
  const { node, lowered, brought, gates } = placed;
  const { id } = node.node;
  const signature = lowered.flow;
  if (!signature) return;
  const pinned = pinnedFlow(making, signature.flow);
  const refused = typeof pinned === "string" ? pinned : instance.depth >= DEEPEST ? "flow_nested_too_deep" : null;
  if (refused !== null || typeof pinned === "string") {
    making.errors.push({ code: refused ?? "flow_unknown", node: id, flow: signature.flow } as CompileError);
    return;
  }
  making.inlined.parts += pinned.nodes.length + pinned.wires.length;
  if (making.inlined.parts > MOST_PARTS) {
    making.errors.push({ code: "flow_too_large", node: id, most: MOST_PARTS });
    return;
  }
  const faults: CompileError[] = [];
  const unsure: Making["unsure"] = [];
  const inner: Instance = {
    layout: layoutOf(pinned, signature.flow, making.registry),
    body,
    prefix: `${instance.prefix}${id}.`,
    node: instance.node ?? id,
    base: gates,
    first: making.steps.length,
    given: brought,
    depth: instance.depth + 1,
    known: new Map(),
    results: new Map(),
    triggers: [],
    startedWith: {},
    input: null,
  };
  faults.push(...inner.layout.faults);
  place({ ...making, errors: faults, unsure }, inner, { container: TOP, body });
  if (unsure.length > 0) for (const input of placed.ends.keys()) making.unsure.push({ node: id, input });
  making.errors.push(...faults.map((fault) => ({ code: "flow_faulty", node: id, inner: fault }) as const));
  making.errors.push(...signatureFaults(placed, inner));
  for (const [output, known] of inner.results) if (known) instance.known.set(`${id}/${output}`, known);
}

const MOST_LAYOUTS = 200;
const layouts = new WeakMap<Registry, Map<Digest, Layout>>();

/** A pinned flow is read once for each registry: its digest says what it means. */
function layoutOf(pinned: PinnedFlow, flow: Digest, registry: Registry): Layout {
  const known = layouts.get(registry) ?? new Map<Digest, Layout>();
  layouts.set(registry, known);
  const layout = known.get(flow) ?? layOut(pinned, registry);
  if (known.size >= MOST_LAYOUTS) known.clear();
  known.set(flow, layout);
  return layout;
}

function pinnedFlow({ flows }: Making, flow: Digest): PinnedFlow | "flow_unknown" | "flow_changed" {
  const pinned = Object.hasOwn(flows, flow) ? flows[flow] : undefined;
  if (!pinned) return "flow_unknown";
  return meaningDigest(pinned) === flow ? pinned : "flow_changed";
}

const digests = new WeakMap<PinnedFlow, Digest>();

/** The digest that pins a flow: SHA-256 over the canonical JSON of its meaning. */
export function meaningDigest(flow: PinnedFlow): Digest {
  const earlier = digests.get(flow);
  if (earlier) return earlier;
  const digest = digestOf(meaningOf(flow));
  digests.set(flow, digest);
  return digest;
}

/** The node shows what the pinned flow takes and gives, neither more nor less. */
function signatureFaults({ node, lowered }: Placed, { input, results }: Instance): CompileError[] {
  const signature = lowered.flow;
  if (!signature) return [];
  const fault = (field: string): CompileError => ({ code: "flow_signature", node: node.node.id, field });
  const own = input ?? { type: "object", properties: {} };
  const sameInput = textOf(own) === textOf(signature.input);
  const names = new Set([...Object.keys(signature.outputs), ...results.keys()]);
  const wrong = [...names].filter((name) => !fitsOutput(results.get(name) ?? null, signature.outputs[name]));
  return [...(sameInput ? [] : [fault("input")]), ...wrong.map((name) => fault(`outputs.${name}`))];
}

function fitsOutput(known: Known | null, shown: Parameters<typeof judgeWire>[1] | undefined): boolean {
  return known !== null && shown !== undefined && judgeWire(known.schema, shown).fits !== "no";
}
