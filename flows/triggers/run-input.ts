import type { NodeId } from "../basics/ids";
import type { Json } from "../basics/json";

/** What a trigger gives a run: the input that its payer fixed, and what came with the firing, under the trigger's node. [W8] */
export function inputOfStart(node: NodeId, fixed: Readonly<Record<string, Json>>, brings: Json): Record<string, Json> {
  return { ...fixed, [node]: brings };
}
