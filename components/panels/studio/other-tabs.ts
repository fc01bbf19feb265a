import type { FlowId } from "@/flows/basics/ids";

/** Tells the other tabs of this browser that a flow came to have more, and hears it from them. */
export function otherTabs(flow: FlowId, onMore: () => void): { tell(): void; leave(): void } {
  if (typeof BroadcastChannel === "undefined") return { tell: () => undefined, leave: () => undefined };
  const channel = new BroadcastChannel(`studio-flow:${flow}`);
  channel.onmessage = onMore;
  return { tell: () => channel.postMessage("more"), leave: () => channel.close() };
}
