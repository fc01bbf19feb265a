"use client";

import { lazy, Suspense } from "react";
import type { DialogProps } from "@/components/ui/dialog-body";
import { fetchInTime } from "@/components/ui/loaded-later";

const load = fetchInTime(() => import("@/components/ui/dialog-body"));
export const DialogBody = lazy(() => load().then((file) => ({ default: file.DialogBody })));

/** Interrupts for one decision. Closes on Escape, on the veil, and on its button; focus returns to where it was. */
export function Dialog({ shape = "dialog", ...props }: DialogProps & { shape?: "dialog" | "wide" }) {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <DialogBody {...props} shape={shape} />
    </Suspense>
  );
}
