"use client";

import { useMemo } from "react";
import type { NodePorts } from "@/components/store/compile-slice";
import { judgeConnection } from "@/components/store/judge-connection";
import { useStudio } from "@/components/store/studio-store";
import { Field } from "@/components/ui/field";
import { PortGlyph } from "@/components/ui/port-glyph";
import { Select } from "@/components/ui/select";
import { type FlowEdit, sameWire, wireKey } from "@/flows/graph/edit";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import type { Port } from "@/flows/types/port-type";
import type { SettingsProps } from "./use-node-edit";

/** Where each input comes from: the same wires as on the canvas, for those who would rather choose than drag. */
export function InputWires({ node }: SettingsProps) {
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

function InputWire({ node, port }: SettingsProps & { port: Port }) {
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const now = document.wires.find(({ to }) => to.node === node.id && to.input === port.name);
  const sources = useMemo(
    () => sourcesOf({ document, ports }, { node: node.id, input: port.name }),
    [document, ports, node.id, port.name],
  );

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
        options={[{ value: "", label: "No wire" }, ...sources]}
        value={now ? wireKey(now) : ""}
        onChange={choose}
      />
    </Field>
  );
}

type Source = { value: string; label: string; wire: Wire };

/** Every output that could be wired to an input, the present one among them. */
function sourcesOf(scene: { document: FlowDocument; ports: NodePorts }, to: Wire["to"]): Source[] {
  const wires = scene.document.wires.filter((wire) => wire.to.node !== to.node || wire.to.input !== to.input);
  const free = { ...scene, document: { ...scene.document, wires } };
  return scene.document.nodes.flatMap((node) =>
    (scene.ports[node.id]?.outputs ?? []).flatMap((output) => {
      const wire: Wire = { from: { node: node.id, output: output.name }, to };
      const present = scene.document.wires.some((other) => sameWire(other, wire));
      if (!present && judgeConnection(free, wire) !== null) return [];
      return [{ value: wireKey(wire), label: `${node.title} · ${output.title}`, wire }];
    }),
  );
}
