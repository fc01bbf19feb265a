import { applyAll, type Deed, type DeedEdit, type Left, rebase, takeOnto } from "./deed";
import { Draft } from "./draft";
import type { FlowDocument } from "./graph";

/** A deed as the one log of a flow holds it: the edits that were made, and what was left out and why. */
export type LoggedDeed = Deed & { revision: number; left: readonly Left[] };

/** Where a log stands: `revision` counts its deeds. */
export type Head = { revision: number; document: FlowDocument };

/** What one tab has: the last it heard of the log, and its own deeds that are not in the log yet. */
export type Desk = { head: Head; pending: readonly Deed[] };

/** Puts deeds at the end of a log, in the order in which they come. Whoever calls leaves out those that are in it. [G8] */
export function logDeeds(head: Head, deeds: readonly Deed[]): { head: Head; logged: LoggedDeed[] } {
  const logged: LoggedDeed[] = [];
  const draft = new Draft(head.document);
  let { revision } = head;
  for (const { id, name, edits } of deeds) {
    revision += 1;
    logged.push({ id, name, revision, ...takeOnto(draft, { edits }) });
  }
  return { head: { revision, document: draft.document() }, logged };
}

/**
 * What a tab has once it heard what came into the log behind its head: theirs first, its own on top. Null when something
 * between is missing, or does not lead where the log says: then the tab needs the whole document. [G8]
 */
export function catchUp(
  { head, pending }: Desk,
  news: readonly Pick<LoggedDeed, "id" | "revision" | "edits">[],
): Desk | null {
  const fresh = news.filter(({ revision }) => revision > head.revision);
  if (fresh.some(({ revision }, place) => revision !== head.revision + place + 1)) return null;
  const after = applyAll(
    head.document,
    fresh.flatMap(({ edits }): readonly DeedEdit[] => edits),
  );
  if (!after.ok) return null;
  const known = new Set(news.map(({ id }) => id));
  return {
    head: { revision: head.revision + fresh.length, document: after.value },
    pending: pending.filter(({ id }) => !known.has(id)),
  };
}

/** What a tab draws. */
export function drawnOn({ head, pending }: Desk): FlowDocument {
  return rebase(head.document, pending);
}
