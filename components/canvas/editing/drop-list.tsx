"use client";

import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { PriceTag } from "@/components/nodes/price-tag";
import { SearchList } from "@/components/ui/search-list";
import type { FlowEdit } from "@/flows/graph/edit";
import type { Position } from "@/flows/graph/graph";
import { absoluteOf, frameAt } from "../../nodes/frames";
import { portTop, WIDTH } from "../../nodes/geometry";
import { KindIcon } from "../../nodes/kind-icon";
import { titleOf } from "../../store/edit-words";
import { type PortEnd, portAt, wireBetween } from "../../store/judge-ports";
import { useStudio } from "../../store/studio-store";
import { type Fresh, portFor } from "./fresh-kinds";
import { useFresh } from "./use-fresh";
import { useGoing } from "./wire-state";

type Dropped = { from: PortEnd; at: Position };

/** A wire was let go over nothing: what could come there, and a pick puts it there wired. */
export function DropList() {
  const dropped = useGoing((going) => going.dropped);
  return dropped && <OpenList dropped={dropped} />;
}

const SIZE = { width: 320, height: 464 };
const close = () => useGoing.setState({ dropped: null });

function OpenList({ dropped: { from, at } }: { dropped: Dropped }) {
  const box = useRef<HTMLDivElement>(null);
  const { screenToFlowPosition } = useReactFlow();
  const { fresh, failed } = useFresh();
  const port = portAt(useStudio.getState(), from);

  useEffect(() => {
    const gone = new AbortController();
    const before = document.activeElement;
    const outside = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) close();
    };
    document.addEventListener("pointerdown", outside, { capture: true, signal: gone.signal });
    return () => {
      gone.abort();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const fitting = port
    ? (fresh ?? []).flatMap((each) => {
        const own = portFor(each, port, from.gives);
        return own ? [{ each, own }] : [];
      })
    : [];
  // What is of the same type comes first, and what takes anything after it.
  const ordered = [...fitting].sort((a, b) => Number(b.own.type === port?.type) - Number(a.own.type === port?.type));
  const items = ordered.map(({ each, own }) => ({
    id: each.id,
    label: each.name,
    words: each.agent?.description ?? "",
    about: own.title,
    icon: <KindIcon kind={each.node.kind} />,
    aside: each.agent && <PriceTag price={each.agent.price} />,
  }));

  function pick(id: string) {
    const found = ordered.find(({ each }) => each.id === id);
    close();
    if (found) add(found.each, { from, port: found.own.name, at: screenToFlowPosition(at) });
  }

  const left = Math.max(8, Math.min(at.x, window.innerWidth - SIZE.width - 8));
  const top = Math.max(8, Math.min(at.y, window.innerHeight - SIZE.height - 8));
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={`Connect ${port?.title ?? "the wire"} to something new`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
      style={{ position: "fixed", left, top }}
      className="z-50 w-popover animate-rise rounded-card border border-line-strong bg-raised p-2 shadow-float"
    >
      <SearchList
        label="What comes here"
        placeholder={from.gives ? "What takes this?" : "What gives this?"}
        items={items}
        onPick={pick}
        nothing={failed ? "The list could not be loaded." : fresh ? "Nothing of that name fits." : "Loading what fits."}
      />
    </div>
  );
}

/** Puts the node where the wire was let go, so that the wire ends in it without a bend, and draws the wire. */
function add(fresh: Fresh, { from, port, at }: { from: PortEnd; port: string; at: Position }) {
  const { document, ports, folded, edit, select } = useStudio.getState();
  const { node } = fresh;
  const wire = wireBetween(from, { node: node.id, port, gives: !from.gives });
  if (!wire) return;
  const side = from.gives ? "inputs" : "outputs";
  const top = portTop(
    fresh.ports,
    side,
    Math.max(
      0,
      fresh.ports[side].findIndex(({ name }) => name === port),
    ),
  );
  const parent = frameAt({ document, ports, folded }, at);
  const base = parent ? absoluteOf(document, parent) : { x: 0, y: 0 };
  const position = {
    x: Math.round(at.x - base.x - (from.gives ? 0 : WIDTH)),
    y: Math.round(at.y - base.y - top),
  };
  const edits: FlowEdit[] = [
    { edit: "add_node", node: { ...node, ...(parent ? { parent } : {}) }, position },
    { edit: "add_wire", wire },
  ];
  edit(edits, { name: `Add ${node.title}, connected to ${titleOf(document, from.node)}` });
  select({ nodes: [node.id] });
}
