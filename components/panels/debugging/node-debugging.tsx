"use client";

import { PinOff } from "lucide-react";
import { hasBreak, toggleBreak } from "@/components/panels/debugging/stops";
import { useSetStops } from "@/components/panels/debugging/use-set-stops";
import { useShownRun } from "@/components/panels/studio/use-run-watch";
import type { Break } from "@/components/store/debug-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Switch } from "@/components/ui/switch";
import type { FlowNode } from "@/flows/graph/graph";

/** Where runs halt at this node, and what of it is pinned. No part of the flow: this browser keeps it. */
export function NodeDebugging({ node }: { node: FlowNode }) {
  const { data: shown } = useShownRun();
  const { change } = useSetStops(shown);
  const breaks = useStudio((studio) => studio.debugging.breaks);
  const pins = useStudio((studio) => studio.debugging.pins);
  const own = pins.filter((pin) => pin.node === node.id);

  function row(label: string, when: Break["when"]) {
    const wanted = { node: node.id, when };
    return (
      <Switch
        label={label}
        checked={hasBreak(breaks, wanted)}
        onChange={() => change({ breaks: toggleBreak(breaks, wanted) })}
      />
    );
  }

  function unpin() {
    const { setDebugging, debugging } = useStudio.getState();
    setDebugging({ pins: debugging.pins.filter((pin) => pin.node !== node.id) });
  }

  return (
    <Panel look="section" level={3} title="Debugging" remember="node-debugging">
      <div className="flex flex-col gap-1">
        {row("Stop before it", "before")}
        {row("Stop after it", "after")}
        {own.length > 0 && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-muted">Its output is pinned: the next run neither calls nor pays it.</p>
            <Button icon={<PinOff aria-hidden />} onClick={unpin}>
              Unpin output
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
