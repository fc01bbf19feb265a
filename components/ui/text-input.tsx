"use client";

import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { useFieldControl } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";

export type TextInputProps = Omit<ComponentProps<"input">, "type"> & {
  type?: "text" | "search" | "email" | "url" | "password" | "time";
  face?: "sans" | "mono";
  icon?: ReactNode;
};

export function TextInput({ type = "text", face, icon, className, ...rest }: TextInputProps) {
  const wiring = useFieldControl();
  const input = (
    <input
      {...wiring}
      {...rest}
      type={type}
      className={clsx(inputStyle({ face }), icon && "pl-8", !icon && className)}
    />
  );
  if (!icon) return input;
  return (
    <span className={clsx("relative flex items-center", className)}>
      <span aria-hidden className="pointer-events-none absolute left-2 text-faint">
        {icon}
      </span>
      {input}
    </span>
  );
}
