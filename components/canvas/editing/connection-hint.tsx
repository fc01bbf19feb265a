"use client";

import { useConnection, useStore, ViewportPortal } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { NodeId } from "@/flows/basics/ids";
import { type PortEnd, portAt, whyNot, withoutWire } from "../../store/judge-ports";
import { useStudio } from "../../store/studio-store";
import { askEditing } from "./ask-editing";
import { useGoing } from "./wire-state";

/** While a wire is over a port that cannot take it: why not, and a value that would come and be refused. */
export function ConnectionHint() {
  const from = useGoing((going) => going.from);
  const instead = useGoing((going) => going.instead);
  // As one text, so that the pointer may move without anything being drawn.
  const over = useConnection(({ toHandle }) =>
    toHandle ? JSON.stringify([toHandle.nodeId, toHandle.id, toHandle.type === "source", toHandle.x, toHandle.y]) : "",
  );
  const [node, port, gives, x, y] = over === "" ? [] : (JSON.parse(over) as [NodeId, string, boolean, number, number]);
  const to: PortEnd | null = node && port && gives !== undefined ? { node, port, gives } : null;
  const zoom = useStore((flow) => (over === "" ? 1 : flow.transform[2]));
  const isItself = from && to && from.node === to.node && from.port === to.port && from.gives === to.gives;
  const example = useCounterExample(isItself ? null : from, to);
  if (!from || !to || isItself) return null;
  const why = whyNot(withoutWire(useStudio.getState(), instead), from, to);
  if (why === null && example === null) return null;
  return (
    <ViewportPortal>
      <p
        role="status"
        style={{
          position: "absolute",
          transform: `translate(${x}px, ${y}px) scale(${1 / zoom}) translate(16px, 12px)`,
        }}
        className="pointer-events-none z-50 w-max origin-top-left max-w-popover rounded-control border border-line-strong bg-raised px-2 py-1 text-12 text-ink shadow-float"
      >
        {why ?? "This will not fit."}
        {example !== null && (
          <span className="block text-muted">
            Refused there: <code>{example}</code>
          </span>
        )}
      </p>
    </ViewportPortal>
  );
}

const LONGEST = 60;

/** What a worker knows of the two schemas: a value that the one brings and the other refuses. */
function useCounterExample(from: PortEnd | null, to: PortEnd | null): string | null {
  const [found, setFound] = useState<{ asked: string; text: string | null } | null>(null);
  const asked = from && to ? JSON.stringify([from, to]) : "";
  useEffect(() => {
    if (asked === "") return;
    const [start, end] = JSON.parse(asked) as [PortEnd, PortEnd];
    const [out, into] = start.gives ? [start, end] : [end, start];
    const { ports } = useStudio.getState();
    const [gives, takes] = [portAt({ ports }, out), portAt({ ports }, into)];
    if (!gives || !takes || start.gives === end.gives) return;
    askEditing({ say: "judge", from: gives.schema, to: takes.schema }).then(
      (verdict) => {
        const text = verdict && JSON.stringify(verdict.counterExample);
        setFound({ asked, text: text && text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text });
      },
      () => setFound(null), // without the worker the reason alone is shown
    );
  }, [asked]);
  return found?.asked === asked && asked !== "" ? found.text : null;
}
