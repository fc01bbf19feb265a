"use client";

import { lazy, type ReactNode, Suspense } from "react";

export const DialogBody = lazy(() =>
  import("@/components/ui/dialog-body").then((file) => ({ default: file.DialogBody })),
);

export type DialogProps = {
  open: boolean;
  onClose(): void;
  title: string;
  /** One sentence under the title, read out with it. */
  text?: ReactNode;
  children?: ReactNode;
  /** Buttons, the most important one last. */
  actions?: ReactNode;
};

/** Interrupts for one decision. Closes on Escape, on the veil, and on its button; focus returns to where it was. */
export function Dialog(props: DialogProps) {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <DialogBody {...props} shape="dialog" />
    </Suspense>
  );
}
