"use client";

import { X } from "lucide-react";
import * as Radix from "radix-ui/dialog";
import { type ReactNode, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";

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

const SHAPE = {
  dialog: "inset-x-4 top-12 mx-auto max-h-room max-w-dialog animate-rise rounded-card border sm:inset-x-8 sm:top-24",
  wide: "inset-x-4 top-8 mx-auto max-h-room max-w-wide animate-rise rounded-card border sm:inset-x-8",
  sheet:
    "inset-x-0 bottom-0 max-h-room animate-rise rounded-t-card border-t sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-full sm:max-w-sheet sm:animate-slide sm:rounded-none sm:border-t-0 sm:border-l",
};

/** Radix keeps the focus inside and everything behind it silent. Loaded when the first dialog opens. */
export function DialogBody(props: DialogProps & { shape: keyof typeof SHAPE }) {
  const { title, text, children, actions, onClose, shape } = props;
  const before = useRef(typeof document === "undefined" ? null : document.activeElement);
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          data-density="page"
          {...(text ? {} : { "aria-describedby": undefined })}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
          className={`fixed z-50 flex flex-col border-line-strong bg-raised text-body shadow-float focus:outline-none ${SHAPE[shape]}`}
        >
          <header className="flex items-start justify-between gap-4 border-line border-b py-3 pr-3 pl-4">
            <div className="min-w-0">
              <Radix.Title className="text-16">{title}</Radix.Title>
              {text && <Radix.Description className="mt-1 text-muted">{text}</Radix.Description>}
            </div>
            <IconButton label="Close" icon={<X />} onClick={onClose} />
          </header>
          <div className="min-h-0 flex-1 overflow-auto p-4 empty:hidden">{children}</div>
          {actions && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{actions}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
