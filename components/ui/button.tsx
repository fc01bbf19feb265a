import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonStyle, buttonStyle } from "@/components/ui/button-style";
import { Spinner } from "@/components/ui/spinner";

export type ButtonProps = Omit<ComponentProps<"button">, "aria-busy"> &
  ButtonStyle & {
    icon?: ReactNode;
    /** The action has been sent and has not come back: the button keeps its width and takes no second press. */
    busy?: boolean | undefined;
    /** 28 px in the studio, 36 px on pages: by default what surrounds the button decides; 44 px on touch always. */
    size?: "studio" | "page" | undefined;
  };

/** A verb. One primary button on a screen. */
export function Button({ tone, width, icon, busy, size, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={clsx(buttonStyle({ tone, width }), className)}
      {...(size ? { "data-density": size } : {})}
      {...(busy ? { "aria-busy": true, "aria-disabled": true, onClick: swallow } : {})}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

function swallow(event: { preventDefault(): void }) {
  event.preventDefault();
}
