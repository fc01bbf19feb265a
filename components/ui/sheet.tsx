"use client";

import { Suspense } from "react";
import { DialogBody } from "@/components/ui/dialog";
import type { DialogProps } from "@/components/ui/dialog-body";

/** A dialog from the edge: the right side of a desk, the bottom of a phone. For detail, not for decisions. */
export function Sheet(props: DialogProps) {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <DialogBody {...props} shape="sheet" />
    </Suspense>
  );
}
