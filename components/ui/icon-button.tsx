"use client";

import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonStyle, buttonStyle } from "@/components/ui/button-style";
import type { Side } from "@/components/ui/place";
import { useTooltip } from "@/components/ui/tooltip";

export type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "children" | "title"> & {
  /** What the button does; its name for assistive technology and its tooltip. */
  label: string;
  icon: ReactNode;
  tone?: ButtonStyle["tone"];
  /** Shown after the label in the tooltip, for example a `Kbd`. */
  hint?: ReactNode;
  side?: Side;
};

export function IconButton({
  label,
  icon,
  hint,
  side = "bottom",
  tone = "ghost",
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  const shown = hint ? (
    <span className="flex items-center gap-2">
      {label}
      {hint}
    </span>
  ) : (
    label
  );
  const { trigger, tip } = useTooltip(shown, side);
  return (
    <>
      <button
        {...trigger}
        {...rest}
        type={type}
        aria-label={label}
        className={clsx(buttonStyle({ tone }), "w-control px-0!", className)}
      >
        {icon}
      </button>
      {tip}
    </>
  );
}
