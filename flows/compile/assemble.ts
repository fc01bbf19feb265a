import type { NodeId } from "../basics/ids";
import { closeContainer } from "./containers";
import { inlineFlow } from "./inline";
import { inlineDrawn } from "./inline-drawn";
import type { Body } from "./known";
import type { Instance, Making } from "./making";
import { offerOutputs } from "./offers";
import { type Placed, placeNode } from "./place-node";
import type { Container } from "./scopes";

/**
 * Puts the nodes of one body into the plan, in their order. What only passes a value on leaves no trace but a gate, so
 * that a value is named by where it was made. [C6] A body stands right behind its container. [C9]
 */
export function placeBody(
  making: Making,
  instance: Instance,
  { container, body }: { container: Container; body: Body },
): void {
  for (const id of instance.layout.bodies.get(container) ?? []) placeOne(making, instance, { id, body });
}

function placeOne(making: Making, instance: Instance, { id, body }: { id: NodeId; body: Body }): void {
  const { read, bodies } = instance.layout;
  const node = read.get(id);
  const placed = node ? placeNode(making, instance, { node, body }) : null;
  const inner: Body = { container: placed?.first ?? -1, around: body, hoisted: new Map() };
  if (!node || !placed) {
    // What is drawn in a node that cannot be read is looked at all the same: every fault at once. [C1]
    if (bodies.has(id)) placeBody(making, instance, { container: id, body: inner });
    return;
  }
  if (placed.lowered.flow) {
    inlineFlow({ making, instance, placed, body }, placeBody);
    return;
  }
  if (placed.lowered.drawn) {
    inlineDrawn({ making, instance, placed, body }, placeBody);
    return;
  }
  noteResult(making, instance, { placed, body });
  offerOutputs(making, instance, { placed, body, inner });
  if (!node.ports?.inside) return;
  placeBody(making, instance, { container: id, body: inner });
  closeContainer(making, instance, { placed, inner });
}

/** What the flow as a whole is given, and what it gives. */
function noteResult({ errors }: Making, instance: Instance, { placed, body }: { placed: Placed; body: Body }): void {
  const { node, lowered, brought } = placed;
  const { result: name, runInput } = lowered;
  const { id } = node.node;
  if (runInput && instance.input) errors.push({ code: "input_repeated", node: id });
  if (runInput) instance.input = runInput;
  if (name === null) return;
  if (body !== instance.body) errors.push({ code: "output_inside", node: id });
  if (instance.results.has(name)) errors.push({ code: "name_taken", node: id, name });
  instance.results.set(name, brought.get("value") ?? null);
}
