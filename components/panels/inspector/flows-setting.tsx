"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { FlowPicker } from "./flow-picker";
import { flowsOf, flowToolEdits, flowToolGone } from "./pin-edits";
import type { SettingProps } from "./place";
import { SettingGroup } from "./setting-field";

/** Several of the person's own flows, each pinned as it is. */
export function FlowsSetting(props: SettingProps) {
  const { node } = props.at;
  const [isOpen, setOpen] = useState(false);
  function remove(flow: string, name: string) {
    const { document, edit } = useStudio.getState();
    const now = document.nodes.find(({ id }) => id === node.id);
    if (now) edit(flowToolGone(document, now, flow), { name: `Remove ${name}` });
  }
  return (
    <SettingGroup setting={props}>
      {flowsOf(node).map(({ flow, name }) => (
        <div key={String(flow)} className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{String(name)}</span>
          <IconButton
            label={`Remove ${String(name)}`}
            icon={<Trash2 />}
            onClick={() => remove(String(flow), String(name))}
          />
        </div>
      ))}
      <Button icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add a flow
      </Button>
      {isOpen && <FlowPicker node={node} edits={flowToolEdits} onClose={() => setOpen(false)} />}
    </SettingGroup>
  );
}
