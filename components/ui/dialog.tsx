"use client";

import { lazy, Suspense } from "react";
import type { DialogProps } from "@/components/ui/dialog-body";

export const DialogBody = lazy(() =>
  import("@/components/ui/dialog-body").then((file) => ({ default: file.DialogBody })),
);

/** Interrupts for one decision. Closes on Escape, on the veil, and on its button; focus returns to where it was. */
export function Dialog(props: DialogProps) {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <DialogBody {...props} shape="dialog" />
    </Suspense>
  );
}
