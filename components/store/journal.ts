import type { FlowId } from "@/flows/basics/ids";
import type { FlowDocument } from "@/flows/graph/graph";
import { upToDate, VERSION } from "@/flows/graph/migrate";
import { browserKeep } from "./browser-keep";
import type { Saved } from "./saving-slice";

/** Keeps what the server does not have yet, so that a closed tab loses nothing. `revision` is what it grew from. */
export type Journal = { read(): Saved | null; write(unsaved: Saved): void; clear(): void };

export function browserJournal(flow: FlowId): Journal {
  const kept = browserKeep(`unsaved:${flow}`);
  return {
    read: () => readUnsaved(kept.read()),
    write: (unsaved) => kept.write(JSON.stringify(unsaved)),
    clear: kept.remove,
  };
}

/**
 * Only what we wrote ourselves is read back, in whatever version it was then; the server holds every document against its
 * schema before it takes it.
 */
function readUnsaved(text: string | null): Saved | null {
  try {
    const read = JSON.parse(text ?? "null");
    const unsaved = { revision: read?.revision, document: upToDate(read?.document) };
    return isUnsaved(unsaved) ? unsaved : null;
  } catch {
    return null;
  }
}

function isUnsaved(read: { revision: unknown; document: unknown }): read is Saved {
  const document = read.document as Partial<FlowDocument> | null;
  return typeof read.revision === "number" && document?.version === VERSION && Array.isArray(document.nodes);
}
