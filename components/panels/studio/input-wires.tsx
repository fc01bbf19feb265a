"use client";

import { useMemo, useState } from "react";
import { sourcesOf } from "@/components/store/connection-choices";
import { useStudio } from "@/components/store/studio-store";
import { Field } from "@/components/ui/field";
import { PortGlyph } from "@/components/ui/port-glyph";
import { Select } from "@/components/ui/select";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowNode } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import type { Port } from "@/flows/types/port-type";

/** Of so many nodes the choices are listed at once; of more, when somebody goes to the list: they are thousands. */
const FEW = 100;

/** Where each input comes from: the same wires as on the canvas, for those who would rather choose than drag. */
export function InputWires({ node }: { node: FlowNode }) {
  const inputs = useStudio((studio) => studio.ports[node.id]?.inputs);
  if (!inputs || inputs.length === 0) return null;
  return (
    <section aria-label="Wires" className="flex flex-col gap-3 border-t pt-3">
      {inputs.map((port) => (
        <InputWire key={port.name} node={node} port={port} />
      ))}
    </section>
  );
}

function InputWire({ node, port }: { node: FlowNode; port: Port }) {
  const nodes = useStudio((studio) => studio.document.nodes);
  const wires = useStudio((studio) => studio.document.wires);
  const ports = useStudio((studio) => studio.ports);
  const [asked, setAsked] = useState(nodes.length < FEW);
  const now = wires.find(({ to }) => to.node === node.id && to.input === port.name);
  const sources = useMemo(() => {
    const drawn = { ...useStudio.getState().document, nodes, wires };
    const all = sourcesOf({ document: drawn, ports }, { node: node.id, input: port.name });
    return all
      .filter(({ why, present }) => (asked ? why === null : present))
      .map(({ wire, title, port: from }) => ({ value: wireKey(wire), label: `${title} · ${from.title}`, wire }));
  }, [asked, nodes, wires, ports, node.id, port.name]);

  function choose(key: string) {
    const wire = sources.find((source) => source.value === key)?.wire;
    const edits: FlowEdit[] = [
      ...(now ? [{ edit: "remove_wires" as const, wires: [now] }] : []),
      ...(wire ? [{ edit: "add_wire" as const, wire }] : []),
    ];
    useStudio.getState().edit(edits);
  }

  return (
    <Field label={`${port.title} from`} aside={<PortGlyph type={port.type} label={port.type} />}>
      <Select
        onFocus={() => setAsked(true)}
        onPointerDown={() => setAsked(true)}
        options={[{ value: "", label: "No wire" }, ...sources]}
        value={now ? wireKey(now) : ""}
        onChange={choose}
      />
    </Field>
  );
}
