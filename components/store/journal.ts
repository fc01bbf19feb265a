import type { FlowId } from "@/flows/basics/ids";
import type { FlowDocument } from "@/flows/graph/graph";
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

/** Only what we wrote ourselves is read back; the server holds every document against its schema before it takes it. */
function readUnsaved(text: string | null): Saved | null {
  try {
    const read: unknown = JSON.parse(text ?? "null");
    return isUnsaved(read) ? read : null;
  } catch {
    return null;
  }
}

function isUnsaved(read: unknown): read is Saved {
  if (typeof read !== "object" || read === null || !("document" in read) || !("revision" in read)) return false;
  const document = read.document as Partial<FlowDocument> | null;
  return typeof read.revision === "number" && document?.version === 1 && Array.isArray(document.nodes);
}
