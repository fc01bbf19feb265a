"use client";

import { PanelLeftClose, PanelLeftOpen, PanelRightClose, PanelRightOpen } from "lucide-react";
import type { ReactNode } from "react";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";
import { widthOf } from "./side-panel-skeleton";

type SidePanelProps = { name: "palette" | "inspector"; title: string; actions?: ReactNode; children: ReactNode };

const LOOK = {
  palette: { label: "Palette", edge: "border-r", Close: PanelLeftClose, Open: PanelLeftOpen },
  inspector: { label: "Inspector", edge: "border-l", Close: PanelRightClose, Open: PanelRightOpen },
} as const;

/** A column beside the canvas that folds away to a strip, and is remembered so. */
export function SidePanel({ name, title, actions, children }: SidePanelProps) {
  const open = useStudio((studio) => studio.panels[name]);
  const { label, edge, Close, Open } = LOOK[name];
  const width = widthOf(name, open);
  const toggle = () => useStudio.getState().setPanels({ [name]: !open });
  if (!open)
    return (
      <aside aria-label={label} className={`flex shrink-0 flex-col items-center bg-surface py-1 ${edge} ${width}`}>
        <IconButton
          label={`Show ${label.toLowerCase()}`}
          icon={<Open />}
          side={name === "palette" ? "right" : "left"}
          onClick={toggle}
        />
      </aside>
    );
  return (
    <aside aria-label={label} className={`flex min-h-0 shrink-0 flex-col bg-surface ${edge} ${width}`}>
      <header className="flex items-center gap-1 border-b py-1 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-body">{title}</h2>
        {actions}
        <IconButton label={`Hide ${label.toLowerCase()}`} icon={<Close />} onClick={toggle} />
      </header>
      <div className="min-h-0 flex-1 overflow-auto">{children}</div>
    </aside>
  );
}
