import type { FlowDocument } from "@/flows/graph/graph";
import { detailAt } from "../nodes/detail";
import { placesOf } from "../nodes/frames";
import { HEIGHT, WIDTH } from "../nodes/geometry";

/** From here on only what can be seen is in the page, and far out the nodes are one picture. */
export const MANY = 150;

type Size = { width: number; height: number };

/**
 * Whether the whole flow, fitted into `room` (pixels, or less of them), is one picture without a port in it. Then it
 * can be drawn before the compiler has said which ports there are.
 */
export function isFirstPicture({ nodes, layout }: Pick<FlowDocument, "nodes" | "layout">, room: Size): boolean {
  if (nodes.length < MANY) return false;
  const places = [...placesOf({ nodes, layout }).values()];
  const extent = (along: "x" | "y") => {
    const all = places.map((place) => place[along]);
    return all.reduce((a, b) => Math.max(a, b)) - all.reduce((a, b) => Math.min(a, b));
  };
  const zoom = Math.min(room.width / (extent("x") + WIDTH), room.height / (extent("y") + HEIGHT));
  return detailAt(zoom) === "far";
}
