"use client";

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  type LucideIcon,
} from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useStudio } from "../../store/studio-store";
import { type Arranging, arranging } from "./arrange-commands";

const ICONS: Record<Arranging, LucideIcon> = {
  "align-left": AlignStartVertical,
  "align-centre": AlignCenterVertical,
  "align-right": AlignEndVertical,
  "align-top": AlignStartHorizontal,
  "align-middle": AlignCenterHorizontal,
  "align-bottom": AlignEndHorizontal,
  "distribute-horizontally": AlignHorizontalDistributeCenter,
  "distribute-vertically": AlignVerticalDistributeCenter,
};

/** The commands that put several selected nodes in order, as buttons. What cannot be done now says why. */
export function ArrangeButtons() {
  const selection = useStudio((now) => now.selection);
  const studio = { ...useStudio.getState(), selection };
  return (
    <div role="toolbar" aria-label="Arrange" className="flex flex-wrap gap-1">
      {arranging.map(({ id, title, blocked, act }) => {
        const Icon = ICONS[id];
        const why = blocked(studio);
        return (
          <IconButton
            key={id}
            label={title}
            icon={<Icon />}
            hint={why ?? undefined}
            aria-disabled={why !== null}
            onClick={() => why === null && act()}
          />
        );
      })}
    </div>
  );
}
