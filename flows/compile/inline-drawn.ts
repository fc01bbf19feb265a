import { partKinds } from "../nodes/model-parts";
import type { CompileError } from "./compile-error";
import { MOST_PARTS, type Place } from "./inline";
import type { Body } from "./known";
import { type Instance, layOut, type Making } from "./making";
import type { Placed } from "./place-node";
import { TOP } from "./scopes";

type Inlining = { making: Making; instance: Instance; placed: Placed; body: Body };

/**
 * Puts a drawing of a kind's own in the place of a node. Whatever it comes to are ordinary steps, so that caps, bounds,
 * authority and receipts hold for it without a word about the kind. Its faults are those of the node.
 */
export function inlineDrawn({ making, instance, placed, body }: Inlining, place: Place): void {
  const { node, lowered, brought, gates } = placed;
  const { id } = node.node;
  if (!lowered.drawn) return;
  making.inlined.parts += lowered.drawn.nodes.length + lowered.drawn.wires.length;
  if (making.inlined.parts > MOST_PARTS) {
    making.errors.push({ code: "flow_too_large", node: id, most: MOST_PARTS });
    return;
  }
  // Only this drawing may name its parts; a pinned flow inside it is laid out by the registry of everybody.
  const kinds = { ...making.registry.kinds, ...partKinds };
  const inner: Instance = {
    layout: layOut(lowered.drawn, { ...making.registry, kinds }),
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
  const faults: CompileError[] = [...inner.layout.faults];
  place({ ...making, errors: faults, unsure: [] }, inner, { container: TOP, body });
  making.errors.push(...faults.map((fault) => ({ code: "flow_faulty", node: id, inner: fault }) as const));
  for (const [output, known] of inner.results) if (known) instance.known.set(`${id}/${output}`, known);
}
