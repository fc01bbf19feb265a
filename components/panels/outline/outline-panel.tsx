"use client";

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { holdsNodes } from "@/components/nodes/kind-looks";
import { explainEdit } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { openSettings } from "../studio/open-settings";
import { useAgents } from "../studio/use-agents";
import { Chooser } from "./chooser";
import { askKind, askPlace, askSource, type Question } from "./outline-choices";
import { OutlineLine } from "./outline-row";
import { foldIn, moveIn, type OutlineRow, outlineRows } from "./outline-rows";
import { RenameDialog } from "./rename-dialog";

/** The flow as a tree: the same flow as on the canvas, for those who would rather read and type than point. */
export function OutlinePanel() {
  const base = useId();
  const tree = useRef<HTMLDivElement>(null);
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const problems = useStudio((studio) => studio.problems);
  const runs = useStudio((studio) => studio.nodeRuns);
  const { agents = [] } = useAgents();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState("");
  const [question, setQuestion] = useState<Question | null>(null);
  const [renaming, setRenaming] = useState(false);
  const [said, setSaid] = useState("");
  const rows = useMemo(() => outlineRows({ document, ports, closed }), [document, ports, closed]);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === active),
  );
  const here = rows[at];

  // What was just added is selected: the outline goes there.
  const selected = useStudio((studio) => (studio.selection.nodes.length === 1 ? studio.selection.nodes[0] : undefined));
  useEffect(() => {
    if (selected) setActive(selected);
  }, [selected]);

  const focusRow = (id: string) => window.document.getElementById(`${base}-${id}`)?.focus();
  const back = () => requestAnimationFrame(() => tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());

  function go(to: number) {
    const row = rows[to];
    if (!row) return;
    setActive(row.id);
    focusRow(row.id);
  }

  function fold(row: OutlineRow, open: boolean) {
    const next = new Set(closed);
    if (open) next.delete(row.id);
    else next.add(row.id);
    setClosed(next);
  }

  function remove(row: OutlineRow) {
    const { edit } = useStudio.getState();
    const wires = document.wires.filter(({ to }) => to.node === row.node.id && to.input === row.input?.name);
    if (row.input && wires.length === 0) return setSaid(`Nothing feeds ${row.input.title}.`);
    const refused = edit(row.input ? { edit: "remove_wires", wires } : { edit: "remove_nodes", nodes: [row.node.id] });
    const what = row.input ? `Disconnected ${row.input.title} of ${row.node.title}.` : `Deleted ${row.node.title}.`;
    setSaid(refused ? explainEdit(document, refused) : what);
    if (!row.input && !refused) {
      useStudio.getState().select({});
      setActive(rows.slice(0, at).findLast(({ node }) => node.id !== row.node.id)?.id ?? "");
    }
    back();
  }

  function enter(row: OutlineRow) {
    if (row.input) setQuestion(askSource(row.node, row.input));
    else openSettings(row.node.id, back);
  }

  const acts: Record<string, (row: OutlineRow) => void> = {
    Enter: enter,
    F2: () => setRenaming(true),
    Delete: remove,
    Backspace: remove,
    "+": (row) => setQuestion(askKind({ beside: row.node, inside: false }, agents)),
  };

  function keyed(key: string): (() => void) | null {
    if (!here) return null;
    const act = Object.hasOwn(acts, key) ? acts[key] : undefined;
    if (act) return () => act(here);
    const open = foldIn({ rows, at, key });
    if (open !== null) return () => fold(here, open);
    const to = moveIn({ rows, at, key });
    return to === null ? null : () => go(to);
  }

  function onKeyDown(event: KeyboardEvent) {
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : keyed(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  const node = here?.node;
  const count = problems.length;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div role="toolbar" aria-label="Outline actions" className="flex flex-wrap items-center gap-1 border-b px-2 py-1">
        <Button tone="ghost" onClick={() => setQuestion(askKind({ beside: node ?? null, inside: false }, agents))}>
          {node ? "Add after" : "Add a node"}
        </Button>
        {node && (
          <>
            {holdsNodes(node.kind) && (
              <Button tone="ghost" onClick={() => setQuestion(askKind({ beside: node, inside: true }, agents))}>
                Add inside
              </Button>
            )}
            <Button tone="ghost" onClick={() => openSettings(node.id, back)}>
              Settings
            </Button>
            <Button tone="ghost" onClick={() => setRenaming(true)}>
              Rename
            </Button>
            <Button tone="ghost" onClick={() => setQuestion(askPlace(node))}>
              Move
            </Button>
            <Button tone="ghost" onClick={() => here && remove(here)}>
              {here?.input ? "Disconnect" : "Delete"}
            </Button>
          </>
        )}
        <p role="status" aria-label="Outline" className="ml-auto text-12 text-muted">
          {said} {count === 0 ? "No problems." : count === 1 ? "1 problem." : `${count} problems.`}
        </p>
      </div>
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-muted">Nothing is drawn yet. Add a node to begin.</p>
      ) : (
        <div
          ref={tree}
          role="tree"
          tabIndex={-1}
          aria-label="Outline of the flow"
          onKeyDown={onKeyDown}
          className="min-h-0 flex-1 overflow-auto py-1"
        >
          {rows.map((row) => (
            <OutlineLine
              key={row.id}
              {...{ row, id: `${base}-${row.id}`, active: row === here }}
              faults={row.input ? 0 : problems.filter(({ nodes }) => nodes.includes(row.node.id)).length}
              status={row.input ? undefined : runs[row.node.id]?.status}
              onGo={() => setActive(row.id)}
              onOpen={() => enter(row)}
            />
          ))}
        </div>
      )}
      {question && (
        <Chooser
          {...question}
          onChoose={(id) => {
            setSaid(question.choose(id));
            back();
          }}
          onClose={() => {
            setQuestion(null);
            back();
          }}
        />
      )}
      {renaming && node && (
        <RenameDialog
          node={node}
          onDone={(words) => {
            setRenaming(false);
            if (words) setSaid(words);
            back();
          }}
        />
      )}
    </div>
  );
}
