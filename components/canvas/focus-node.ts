import type { NodeId } from "@/flows/basics/ids";

/** Puts the focus on a node. One that was just added comes into the page a few frames later. */
export function focusNode(id: NodeId, frames = 30): void {
  const drawn = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (drawn) drawn.focus();
  else if (frames > 0) requestAnimationFrame(() => focusNode(id, frames - 1));
}
