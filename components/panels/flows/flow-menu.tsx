"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { FlowInList } from "@/components/api/answers";
import { RemoveFlowDialog } from "@/components/panels/flows/remove-flow-dialog";
import { RenameFlowDialog } from "@/components/panels/flows/rename-flow-dialog";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";

/** What can be done to a flow without opening it. */
export function FlowMenu({ flow }: { flow: FlowInList }) {
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu
        label={`Actions on ${flow.name}`}
        trigger={<IconButton label={`Actions on ${flow.name}`} icon={<Ellipsis />} />}
        items={[
          { label: "Rename", icon: <Pencil aria-hidden />, onSelect: () => setOpen("rename") },
          { label: "Remove", icon: <Trash2 aria-hidden />, tone: "danger", onSelect: () => setOpen("remove") },
        ]}
      />
      {open === "rename" && <RenameFlowDialog flow={flow} onClose={close} />}
      {open === "remove" && <RemoveFlowDialog flow={flow} onClose={close} />}
    </>
  );
}
