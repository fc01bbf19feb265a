"use client";

import { useState } from "react";

type Handlers = { onClick?: (event: never) => void };

/**
 * The trigger of something whose code is loaded on the first sign of interest: pointer over it, focus on it, or a press.
 * `load` is called once per interest; bundlers answer repeated imports from memory.
 */
export function useLazyOpen(load: () => Promise<unknown>, popup: "menu" | "dialog") {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const interest = () => void load().catch(() => undefined);

  const trigger = {
    "aria-haspopup": popup,
    "aria-expanded": open,
    onPointerEnter: interest,
    onFocus: interest,
    onClick: () => {
      setWanted(true);
      setOpen((was) => !was);
    },
  } satisfies Handlers & Record<string, unknown>;

  return { open, setOpen, wanted, trigger };
}
