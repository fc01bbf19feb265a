"use client";

import { NewFlowForm } from "@/components/panels/flows/new-flow-form";
import { Dialog } from "@/components/ui/dialog";

export type NewFlowDialogProps = { open: boolean; onClose(): void };

/** Where to start from, and what to call it. */
export function NewFlowDialog({ open, onClose }: NewFlowDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="New flow">
      <NewFlowForm />
    </Dialog>
  );
}
