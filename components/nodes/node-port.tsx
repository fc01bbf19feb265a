import { Handle, Position } from "@xyflow/react";
import { clsx } from "clsx";
import { PortGlyph } from "@/components/ui/port-glyph";
import type { Ports } from "@/flows/nodes/kind";
import type { Port } from "@/flows/types/port-type";
import { useDetail } from "./detail";
import { portTop } from "./geometry";

type Side = "inputs" | "outputs";

/** The sockets of one side. Their names show while the node is pointed at, focused or selected. */
export function NodePorts({ ports, side }: { ports: Ports; side: Side }) {
  return ports[side].map((port, place) => (
    <NodePort key={port.name} port={port} side={side} top={portTop(ports, ports[side], place)} />
  ));
}

function NodePort({ port, side, top }: { port: Port; side: Side; top: number }) {
  const input = side === "inputs";
  const named = useDetail() === "near";
  return (
    <Handle
      type={input ? "target" : "source"}
      position={input ? Position.Left : Position.Right}
      id={port.name}
      role="img"
      aria-label={`${input ? "Input" : "Output"} ${port.title}, ${port.type}${port.required ? ", required" : ""}`}
      style={{ top }}
      className="flow-port"
    >
      <PortGlyph type={port.type} />
      {named && (
        <span aria-hidden className={clsx("flow-port-name", input ? "right-full mr-1" : "left-full ml-1")}>
          {port.title}
          {port.required && input ? " *" : ""}
        </span>
      )}
    </Handle>
  );
}
