import type { FlowDocument } from "@/flows/graph/graph";

/** What the server had when we last heard from it. */
export type Saved = { revision: number; document: FlowDocument };

export type SavingSlice = {
  saved: Saved | null;
  /** `offline`: the server does not answer. `refused`: it answered, and did not take it. */
  sending: "idle" | "sending" | "offline" | "refused";
  /** What somebody else saved over the revision that this drawing grew from. */
  elsewhere: Saved | null;
  /** True once the server has exactly what is drawn. Whoever needs that, such as Run, waits for it. */
  flush(): Promise<boolean>;
};

export const nothingSaved: SavingSlice = {
  saved: null,
  sending: "idle",
  elsewhere: null,
  flush: () => Promise.resolve(false),
};

export type SaveWord = "saved" | "saving" | "offline" | "refused" | "elsewhere";

/** Where the drawing stands, in one word. */
export function saveWord(studio: Omit<SavingSlice, "flush"> & { document: FlowDocument }): SaveWord {
  if (studio.elsewhere) return "elsewhere";
  if (studio.saved?.document === studio.document) return "saved";
  return studio.sending === "offline" || studio.sending === "refused" ? studio.sending : "saving";
}
