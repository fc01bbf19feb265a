import type { FlowId } from "@/flows/basics/ids";
import type { FlowDocument } from "@/flows/graph/graph";
import { canonicalJson } from "@/flows/plan/canonical";
import { nothingCompiled } from "./compile-slice";
import type { Journal } from "./journal";
import { noRun } from "./run-slice";
import { nothingSaved, type Saved } from "./saving-slice";
import { nothingSelected } from "./selection-slice";
import { useStudio } from "./studio-store";

export type Opened = "as_saved" | "with_unsaved" | "saved_elsewhere";

/** Puts a flow on the table, with what this browser had not saved of it yet. */
export function openFlow(flow: FlowId, saved: Saved, journal: Pick<Journal, "read" | "clear">): Opened {
  const unsaved = journal.read();
  if (!unsaved || same(unsaved.document, saved.document)) {
    journal.clear();
    put(flow, saved, saved.document);
    return "as_saved";
  }
  put(flow, { ...saved, revision: unsaved.revision }, unsaved.document);
  if (unsaved.revision === saved.revision) return "with_unsaved";
  useStudio.setState({ elsewhere: saved });
  return "saved_elsewhere";
}

/** Another tab saved and nothing is unsaved here: this tab follows, and its undo starts anew. */
export function followSaved(saved: Saved) {
  const now = useStudio.getState();
  if (!now.saved || saved.revision <= now.saved.revision) return;
  if (now.sending === "sending" || now.elsewhere || now.saved.document !== now.document) return;
  if (same(saved.document, now.document)) useStudio.setState({ saved: { ...saved, document: now.document } });
  else useStudio.setState({ saved, document: saved.document, past: [], future: [], selection: nothingSelected });
}

/** The version saved elsewhere is drawn; undo brings this one back. */
export function takeTheirs() {
  const { elsewhere, replace } = useStudio.getState();
  if (!elsewhere) return;
  useStudio.setState({ saved: elsewhere, elsewhere: null, sending: "idle" });
  replace(elsewhere.document, "Take the version saved elsewhere");
}

/** What is drawn here is saved on top of the version from elsewhere. */
export function keepMine() {
  const { elsewhere } = useStudio.getState();
  if (elsewhere) useStudio.setState({ saved: elsewhere, elsewhere: null, sending: "idle" });
}

function put(flow: FlowId, saved: Saved, document: FlowDocument) {
  useStudio.setState({
    ...nothingSaved,
    ...nothingCompiled,
    ...noRun,
    ...{ flow, saved, document, past: [], future: [], selection: nothingSelected },
  });
}

const same = (a: FlowDocument, b: FlowDocument) => canonicalJson(a) === canonicalJson(b);
