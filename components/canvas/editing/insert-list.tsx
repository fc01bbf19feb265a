"use client";

import { PriceTag } from "@/components/nodes/price-tag";
import { Dialog } from "@/components/ui/dialog";
import { SearchList } from "@/components/ui/search-list";
import { wireKey } from "@/flows/graph/wire-key";
import { KindIcon } from "../../nodes/kind-icon";
import { titleOf } from "../../store/edit-words";
import { useStudio } from "../../store/studio-store";
import { focusNode } from "../focus-node";
import { insertNew } from "./insert";
import { useFresh } from "./use-fresh";

/** Everything that fits between the two ends of the selected wire. */
export function InsertList({ onClose }: { onClose(): void }) {
  const { fresh, failed } = useFresh();
  const { document, ports, folded, selection, edit, select } = useStudio.getState();
  const wire = document.wires.find((each) => wireKey(each) === selection.wires[0]);
  if (!wire) return null;
  const fitting = (fresh ?? []).flatMap((each) => {
    const edits = insertNew({ document, ports, folded }, wire, each);
    return edits ? [{ each, edits }] : [];
  });
  const after = titleOf(document, wire.from.node);
  const before = titleOf(document, wire.to.node);

  function pick(id: string) {
    const found = fitting.find(({ each }) => each.id === id);
    onClose();
    if (!found) return;
    edit(found.edits, { name: `Insert ${found.each.node.title} after ${after}` });
    const added = found.each.node.id;
    select({ nodes: [added] });
    requestAnimationFrame(() => focusNode(added));
  }

  return (
    <Dialog open title={`Insert between ${after} and ${before}`} onClose={onClose}>
      <SearchList
        label="What comes here"
        placeholder="Search what fits"
        items={fitting.map(({ each }) => ({
          id: each.id,
          label: each.name,
          words: each.agent?.description ?? "",
          icon: <KindIcon kind={each.node.kind} />,
          aside: each.agent && <PriceTag price={each.agent.price} />,
        }))}
        onPick={pick}
        nothing={failed ? "The list could not be loaded." : fresh ? "Nothing of that name fits." : "Loading what fits."}
      />
    </Dialog>
  );
}
