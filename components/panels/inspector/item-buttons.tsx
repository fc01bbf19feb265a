"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

type ItemProps = {
  /** "case 2" */
  name: string;
  place: number;
  count: number;
  onMove(to: number): void;
  onRemove(): void;
};

/** Moves one of a list up and down, and takes it away. */
export function ItemButtons({ name, place, count, onMove, onRemove }: ItemProps) {
  return (
    <span className="flex shrink-0">
      {count > 1 && (
        <>
          <IconButton
            label={`Move ${name} up`}
            icon={<ArrowUp />}
            disabled={place === 0}
            onClick={() => onMove(place - 1)}
          />
          <IconButton
            label={`Move ${name} down`}
            icon={<ArrowDown />}
            disabled={place === count - 1}
            onClick={() => onMove(place + 1)}
          />
        </>
      )}
      <IconButton label={`Remove ${name}`} icon={<Trash2 />} onClick={onRemove} />
    </span>
  );
}
