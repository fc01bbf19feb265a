"use client";

import { Dialog } from "@/components/ui/dialog";
import { PortGlyph } from "@/components/ui/port-glyph";
import { SearchList } from "@/components/ui/search-list";
import type { NodeId } from "@/flows/basics/ids";
import { titleOf } from "../../store/edit-words";
import { endsOf, type PortEnd, portAt, portJudge, wireBetween } from "../../store/judge-ports";
import { onlyNode } from "../../store/selection-slice";
import { useStudio } from "../../store/studio-store";

/** Every wire that could be drawn from or to the selected node, wherever the other end lies. */
export function ConnectList({ onClose }: { onClose(): void }) {
  const studio = useStudio.getState();
  const node = onlyNode(studio.selection);
  if (!node) return null;
  const possible = connectionsOf(node);

  function pick(id: string) {
    const found = possible[Number(id)];
    const wire = found && wireBetween(found.own, found.other);
    onClose();
    if (wire) studio.edit({ edit: "add_wire", wire });
  }

  return (
    <Dialog open title={`Connect ${titleOf(studio.document, node)}`} onClose={onClose}>
      <SearchList
        label="Search connections"
        placeholder="To which node?"
        items={possible.map(({ own, other }, place) => {
          const [mine, theirs] = [portAt(studio, own), portAt(studio, other)];
          return {
            id: `${place}`,
            label: `${mine?.title} ${own.gives ? "to" : "from"} ${titleOf(studio.document, other.node)}`,
            about: theirs?.title,
            group: own.gives ? "What it gives" : "What it takes",
            icon: <PortGlyph type={mine?.type ?? "unknown"} />,
          };
        })}
        onPick={pick}
        nothing="Nothing here can be connected."
      />
    </Dialog>
  );
}

function connectionsOf(node: NodeId): readonly { own: PortEnd; other: PortEnd }[] {
  const studio = useStudio.getState();
  const others = studio.document.nodes.map(({ id }) => id).filter((id) => id !== node);
  return [true, false].flatMap((gives) =>
    endsOf(studio, node, gives).flatMap((own) => {
      const fits = portJudge(studio, own);
      const ends = others.flatMap((id) => endsOf(studio, id, !gives)).filter(fits);
      return ends.map((other) => ({ own, other }));
    }),
  );
}
