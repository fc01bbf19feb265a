import type { Wire } from "./graph";

/** Names a wire by its two ends. The length keeps ports apart whose names hold what stands between them here. */
export function wireKey({ from, to }: Wire): string {
  return `${from.node}>${to.node}/${from.output.length}/${from.output}/${to.input}`;
}
