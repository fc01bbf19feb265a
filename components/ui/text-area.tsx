"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { useFieldControl } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";

export type TextAreaProps = ComponentProps<"textarea"> & { face?: "sans" | "mono" };

export function TextArea({ face, className, rows = 4, ...rest }: TextAreaProps) {
  const wiring = useFieldControl();
  return (
    <textarea
      {...wiring}
      {...rest}
      rows={rows}
      className={clsx(inputStyle({ shape: "area", face }), "resize-y", className)}
    />
  );
}
