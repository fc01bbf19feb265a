"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Hash } from "@/components/ui/hash";
import { FlowPicker } from "./flow-picker";
import { FlowUpgrade } from "./flow-upgrade";
import { type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";

/** The flow that a node stands for, by the hash of its meaning. Choosing one fills in its signature as well. */
export function FlowSetting(props: SettingProps) {
  const [isOpen, setOpen] = useState(false);
  const flow = valueAt(props.at);
  const isPinned = typeof flow === "string" && flow !== "";
  return (
    <>
      <SettingGroup setting={props}>
        <div className="flex items-center justify-between gap-2">
          {isPinned ? <Hash value={flow} of="flow" /> : <span className="text-muted">None is chosen.</span>}
          <Button onClick={() => setOpen(true)}>{isPinned ? "Choose another flow" : "Choose a flow"}</Button>
        </div>
      </SettingGroup>
      {isPinned && <FlowUpgrade node={props.at.node} />}
      {isOpen && <FlowPicker node={props.at.node} onClose={() => setOpen(false)} />}
    </>
  );
}
