"use client";

import { clsx } from "clsx";
import { KindIcon } from "@/components/nodes/kind-icon";
import { lookOf } from "@/components/nodes/kind-looks";
import { statusOf } from "@/components/nodes/status-look";
import type { NodeRun } from "@/components/store/run-slice";
import { PortGlyph } from "@/components/ui/port-glyph";
import { statusWord } from "@/components/ui/status-mark";
import type { OutlineRow } from "./outline-rows";

type OutlineLineProps = {
  row: OutlineRow;
  id: string;
  active: boolean;
  faults: number;
  status: NodeRun["status"] | undefined;
  onGo(): void;
  onOpen(): void;
};

/** One line of the outline; the tree around it has the keys. */
export function OutlineLine({ row, id, active, faults, status, onGo, onOpen }: OutlineLineProps) {
  const { name, about, picture } = lookOfRow(row, faults, status);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      role="treeitem"
      id={id}
      aria-label={`${name}, ${about}`}
      aria-level={row.level}
      aria-selected={active}
      {...(row.open === null ? {} : { "aria-expanded": row.open })}
      tabIndex={active ? 0 : -1}
      onFocus={onGo}
      onClick={onGo}
      onDoubleClick={onOpen}
      style={{ paddingLeft: `${row.level}rem` }}
      className={clsx(
        "flex min-h-control items-center gap-2 pr-4 -outline-offset-2 hover:bg-hover",
        active && "bg-selected",
      )}
    >
      {picture}
      <span className={clsx("truncate", row.input === null && "font-strong")}>{name}</span>
      <span className={clsx("truncate text-12", faults > 0 ? "text-bad" : "text-muted")}>{about}</span>
    </div>
  );
}

function lookOfRow(row: OutlineRow, faults: number, status: OutlineLineProps["status"]) {
  const { node } = row;
  if (row.input !== null) {
    const unfed = row.input.required ? "no wire, required" : "no wire";
    const about = row.from ? `from ${row.from}` : unfed;
    return { name: row.input.title, about, picture: <PortGlyph type={row.input.type} /> };
  }
  const problems = faults === 1 ? ", 1 problem" : faults > 1 ? `, ${faults} problems` : "";
  const state = status ? `, ${statusWord(statusOf[status]).toLowerCase()}` : "";
  return {
    name: node.title,
    about: `${lookOf(node.kind).name}${problems}${state}`,
    picture: <KindIcon kind={node.kind} />,
  };
}
