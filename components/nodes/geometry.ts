import type { Ports } from "@/flows/nodes/kind";
import type { Port } from "@/flows/types/port-type";

/** The measures of a node, in pixels at zoom 1. They are known before anything is drawn, so nothing is measured or jumps. */
export const WIDTH = 220;
export const HEIGHT = 72;
export const FOOTER = 24;
export const PORT = 16;
const PITCH = 18;
const MARGIN = 16;

/** How high a node is without its footer: the ports of its fuller side need their room. */
export function heightOf({ inputs, outputs }: Ports): number {
  return Math.max(HEIGHT, Math.max(inputs.length, outputs.length) * PITCH + MARGIN);
}

/** The middle of a port, from the top of its node: ports of one side stand together around the middle. */
export function portTop(ports: Ports, side: readonly Port[], place: number): number {
  return Math.round(heightOf(ports) / 2 + (place - (side.length - 1) / 2) * PITCH);
}

/** The places where wires end, for React Flow. */
export function handlesOf(ports: Ports) {
  const at = (side: "inputs" | "outputs") =>
    ports[side].map((port, place) => ({
      id: port.name,
      type: side === "inputs" ? ("target" as const) : ("source" as const),
      position: side === "inputs" ? LEFT : RIGHT,
      x: (side === "inputs" ? 0 : WIDTH) - PORT / 2,
      y: portTop(ports, ports[side], place) - PORT / 2,
      width: PORT,
      height: PORT,
    }));
  return [...at("inputs"), ...at("outputs")];
}

// React Flow's enum holds these words; naming the enum would load React Flow wherever a size is asked for.
const LEFT = "left" as import("@xyflow/react").Position;
const RIGHT = "right" as import("@xyflow/react").Position;
