import type { Ports } from "@/flows/nodes/kind";
import type { Port } from "@/flows/types/port-type";

/** The measures of a node, in pixels at zoom 1. They are known before anything is drawn, so nothing is measured or jumps. */
export const WIDTH = 220;
export const HEIGHT = 72;
export const FOOTER = 24;
export const PORT = 16;
const PITCH = 18;
const MARGIN = 16;

/** The sides of a node on which ports stand; the inner sides are those of a node that others are drawn in. */
export type Side = "inputs" | "outputs" | "insideOutputs" | "insideInputs";

export function portsOn(ports: Ports, side: Side): readonly Port[] {
  if (side === "inputs" || side === "outputs") return ports[side];
  return (side === "insideOutputs" ? ports.inside?.outputs : ports.inside?.inputs) ?? [];
}

/** How high a node is without its footer: the ports of its fuller side need their room. */
export function heightOf({ inputs, outputs }: Ports): number {
  return Math.max(HEIGHT, Math.max(inputs.length, outputs.length) * PITCH + MARGIN);
}

/** The middle of a port, from the top of its node: outer ports around the middle of the card, inner ones below it. */
export function portTop(ports: Ports, side: Side, place: number): number {
  const inner = side === "insideOutputs" || side === "insideInputs";
  if (inner) return heightOf(ports) + MARGIN + PITCH / 2 + place * PITCH;
  return Math.round(heightOf(ports) / 2 + (place - (portsOn(ports, side).length - 1) / 2) * PITCH);
}

/** Whether the ports of a side stand at the left edge. What a node gives to its inside comes in from the left. */
export function isLeft(side: Side): boolean {
  return side === "inputs" || side === "insideOutputs";
}

/** The places where wires end, for React Flow. */
export function handlesOf(ports: Ports, width = WIDTH) {
  const at = (side: Side) =>
    portsOn(ports, side).map((port, place) => {
      const isTarget = side === "inputs" || side === "insideInputs";
      return {
        id: port.name,
        type: isTarget ? ("target" as const) : ("source" as const),
        position: isTarget ? LEFT : RIGHT,
        x: (isLeft(side) ? 0 : width) - PORT / 2,
        y: portTop(ports, side, place) - PORT / 2,
        width: PORT,
        height: PORT,
      };
    });
  return [...at("inputs"), ...at("outputs"), ...at("insideOutputs"), ...at("insideInputs")];
}

/** The places at the sides of a card that stands for what is drawn inside it. */
export function foldedHandles(ports: Ports, ids: { in: string; out: string }) {
  const y = heightOf(ports) / 2 - PORT / 2;
  const size = { width: PORT, height: PORT, y };
  return [
    { id: ids.in, type: "target" as const, position: LEFT, x: -PORT / 2, ...size },
    { id: ids.out, type: "source" as const, position: RIGHT, x: WIDTH - PORT / 2, ...size },
  ];
}

// React Flow's enum holds these words; naming the enum would load React Flow wherever a size is asked for.
const LEFT = "left" as import("@xyflow/react").Position;
const RIGHT = "right" as import("@xyflow/react").Position;
