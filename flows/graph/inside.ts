import type { NodeId } from "../basics/ids";
import type { FlowNode } from "./graph";

/** The nodes named and everything drawn inside them, however deep. */
export function withAllInside(nodes: readonly FlowNode[], named: readonly NodeId[]): ReadonlySet<string> {
  const children = new Map<string, string[]>();
  for (const { id, parent } of nodes) {
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(id);
    else children.set(parent, [id]);
  }
  // A set hands out what is added while it is walked, each once: a cycle of parents ends too.
  const found = new Set<string>(named);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
  return found;
}
