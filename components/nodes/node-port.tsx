import { Handle, Position } from "@xyflow/react";
import { clsx } from "clsx";
import { PortGlyph } from "@/components/ui/port-glyph";
import type { Ports } from "@/flows/nodes/kind";
import type { Port } from "@/flows/types/port-type";
import { useDetail } from "./detail";
import { isLeft, portsOn, portTop, type Side } from "./geometry";

/** The sockets of one side. Their names show while the node is pointed at, focused or selected. */
export function NodePorts({ ports, side }: { ports: Ports; side: Side }) {
  return portsOn(ports, side).map((port, place) => (
    <NodePort key={port.name} port={port} side={side} top={portTop(ports, side, place)} />
  ));
}

const SIDES: readonly Side[] = ["inputs", "outputs", "insideOutputs", "insideInputs"];

/** All sockets of a node that others are drawn in. React Flow measures them when the node comes into the page, and only then. */
export function FramePorts({ ports }: { ports: Ports }) {
  return SIDES.map((side) => <NodePorts key={side} ports={ports} side={side} />);
}

const WORDS: Record<Side, string> = {
  inputs: "Input",
  outputs: "Output",
  insideOutputs: "Inside, gives",
  insideInputs: "Inside, takes",
};

function NodePort({ port, side, top }: { port: Port; side: Side; top: number }) {
  const takes = side === "inputs" || side === "insideInputs";
  const inner = side === "insideOutputs" || side === "insideInputs";
  const left = isLeft(side);
  const named = useDetail() === "near";
  // React Flow puts a socket where its wire leaves; the inner ones stand at the other edge.
  const place = inner ? { top, left: left ? 0 : "100%", right: "auto", transform: "translate(-50%, -50%)" } : { top };
  return (
    <Handle
      type={takes ? "target" : "source"}
      position={takes ? Position.Left : Position.Right}
      id={port.name}
      role="img"
      aria-label={`${WORDS[side]} ${port.title}, ${port.type}${port.required ? ", required" : ""}`}
      style={place}
      className="flow-port"
    >
      <PortGlyph type={port.type} />
      {named && (
        <span
          aria-hidden
          className={clsx(
            "flow-port-name",
            inner && "flow-port-inner",
            left === inner ? "left-full ml-1" : "right-full mr-1",
          )}
        >
          {port.title}
          {port.required && takes ? " *" : ""}
        </span>
      )}
    </Handle>
  );
}
